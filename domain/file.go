package domain

import (
	"bytes"
	"slices"
	"strings"
)

// signatures are the first bytes of the kinds of files, by extension.
var signatures = map[string][]byte{
	"pdf": []byte("%PDF-"), "hwp": {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, "hwpx": []byte("PK\x03\x04"),
	"docx": []byte("PK\x03\x04"), "xlsx": []byte("PK\x03\x04"), "pptx": []byte("PK\x03\x04"),
	"jpg": {0xFF, 0xD8, 0xFF}, "png": []byte("\x89PNG\r\n\x1a\n"),
}

// SignatureSize is how many bytes of a file tell of what kind it is.
const SignatureSize = 8

// FileKinds lists the kinds of files that may be attached.
func FileKinds() []string {
	return []string{"pdf", "hwp", "hwpx", "docx", "xlsx", "pptx", "jpg", "png"}
}

// MediaOf is the media type of a kind of files.
func MediaOf(kind string) string {
	switch kind {
	case "pdf":
		return "application/pdf"
	case "hwp":
		return "application/x-hwp"
	case "hwpx":
		return "application/hwp+zip"
	case "jpg":
		return "image/jpeg"
	case "png":
		return "image/png"
	case "docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case "xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case "pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	}
	return "application/octet-stream"
}

// dangerous are extensions that a file may not have even before its last one (계획서.exe.pdf).
var dangerous = []string{
	"exe", "com", "scr", "bat", "cmd", "pif", "msi", "jar", "js", "jse", "vbs", "vbe", "wsf", "hta", "htm", "html", "ps1", "lnk", "dll",
	"cpl", "reg", "sh", "php", "svg", "iso", "img", "zip", "docm", "xlsm", "pptm",
}

// CheckFile notes what is wrong with a file by its name and first bytes, and gives its kind: the name is a path or has two
// extensions, the kind is not one of those allowed (all of FileKinds when none is named), or the bytes are of another kind than
// the name says.
func CheckFile(p *Problems, name string, head []byte, allowed []string) string {
	p.Text("file", name, true, MaxName)
	p.Check(!strings.ContainsAny(name, "/\\\n\t") && !strings.HasPrefix(name, "."), "file", "field.format")
	parts := strings.Split(strings.ToLower(name), ".")
	kind := parts[len(parts)-1]
	if kind == "jpeg" {
		kind = "jpg"
	}
	if len(allowed) == 0 {
		allowed = FileKinds()
	}
	if !slices.Contains(allowed, kind) || len(parts) < 2 {
		p.Add("file", "file.kind", Args{"kinds": strings.Join(allowed, ", ")})
		return kind
	}
	for _, inner := range parts[1 : len(parts)-1] {
		inner = strings.TrimSpace(inner)
		if slices.Contains(dangerous, inner) || slices.Contains(FileKinds(), inner) {
			p.Add("file", "file.double_extension", nil)
			return kind
		}
	}
	p.Check(bytes.HasPrefix(head, signatures[kind]), "file", "file.signature")
	return kind
}
