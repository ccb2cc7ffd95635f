package pdf

import (
	"bytes"
	"crypto/md5"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
)

// File is a file carried inside the document, for example the canonical JSON of the record it shows. It is embedded as
// it is: what the pages redact must not be in it.
type File struct {
	Name        string // "회의록.json"
	Description string
	MIME        string // "application/json"
	Data        []byte
}

// Attach carries a file inside the document.
func (d *Doc) Attach(f File) { d.files = append(d.files, f) }

// producer names the software in the file.
const producer = "secretariat"

// outlineRef finds the outline in the catalogue fpdf wrote.
var outlineRef = regexp.MustCompile(`/Outlines \d+ 0 R`)

// assemble adds to the pages what fpdf does not write: tags, linked metadata, files that do not shift the bookmarks
// (fpdf numbers pages as if no file came before them), and an information dictionary with time zones.
func (d *Doc) assemble(raw []byte) ([]byte, error) {
	f, err := readFile(raw)
	if err != nil {
		return nil, err
	}
	if err := d.tagPages(f); err != nil {
		return nil, err
	}
	catalog, info := len(f.objects)-1, len(f.objects)-2
	outline := outlineRef.Find(f.objects[catalog].body)
	f.objects[info].body = d.info()
	metadata := f.add(d.metadata())
	files := d.attach(f)
	structure := d.tree.write(f)
	f.objects[catalog].body = fmt.Appendf(nil, "<</Type/Catalog/Pages 1 0 R/Lang(ko-KR)/MarkInfo<</Marked true>>"+
		"/StructTreeRoot %d 0 R/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R%s%s>>\n",
		structure, metadata, outline, files)
	return f.write(catalog, info), nil
}

// pageObject is the number fpdf gives to a page (from 1): each is followed by its content.
func pageObject(page int) int { return 1 + 2*page }

// tagPages links the pages that have tagged content to the structure.
func (d *Doc) tagPages(f *file) error {
	const begin = "<</Type /Page\n"
	for page := 1; page < len(d.tree.pages); page++ {
		number := pageObject(page)
		if number >= len(f.objects) || !bytes.HasPrefix(f.objects[number].body, []byte(begin)) {
			return fmt.Errorf("%w: page %d", errForeign, page)
		}
		tagged := fmt.Appendf(nil, "%s/StructParents %d/Tabs/S\n", begin, page-1)
		f.objects[number].body = append(tagged, f.objects[number].body[len(begin):]...)
	}
	return nil
}

// info is the information dictionary.
func (d *Doc) info() []byte {
	var b strings.Builder
	b.WriteString("<<")
	for _, e := range []struct{ key, text string }{
		{"Title", d.meta.Title}, {"Author", d.meta.Author}, {"Subject", d.meta.Subject},
		{"Keywords", strings.Join(d.meta.Keywords, ", ")}, {"Creator", producer}, {"Producer", producer},
	} {
		if e.text != "" {
			b.WriteString("/" + e.key + textString(e.text))
		}
	}
	date := pdfDate(d.meta.Created)
	b.WriteString("/CreationDate" + date + "/ModDate" + date + ">>\n")
	return []byte(b.String())
}

// textString writes a text of the dictionary kind in UTF-16, which holds every character.
func textString(text string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(plain(text))) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}

// pdfDate writes a date with its time zone: (D:20261218101200+09'00').
func pdfDate(t time.Time) string {
	zone := t.Format("-07:00")
	return fmt.Sprintf("(D:%s%s'%s')", t.Format("20060102150405"), zone[:3], zone[4:])
}

// metadata is the XMP packet, uncompressed so that any program can find it.
func (d *Doc) metadata() []byte {
	date := d.meta.Created.Format(time.RFC3339)
	packet := "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
		`xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escape(d.meta.Title) + `</rdf:li></rdf:Alt></dc:title>` +
		`<dc:creator><rdf:Seq><rdf:li>` + escape(d.meta.Author) + `</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + escape(d.meta.Subject) +
		`</rdf:li></rdf:Alt></dc:description>` +
		`<dc:language><rdf:Bag><rdf:li>ko-KR</rdf:li></rdf:Bag></dc:language>` +
		`<pdf:Keywords>` + escape(strings.Join(d.meta.Keywords, ", ")) + `</pdf:Keywords>` +
		`<pdf:Producer>` + producer + `</pdf:Producer><xmp:CreatorTool>` + producer + `</xmp:CreatorTool>` +
		`<xmp:CreateDate>` + date + `</xmp:CreateDate><xmp:ModifyDate>` + date + `</xmp:ModifyDate>` +
		"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
	return fmt.Appendf(nil, "<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream\n", len(packet), packet)
}

// escape makes text safe inside XML. Writing to memory does not fail.
func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(plain(text)))
	return b.String()
}

// attach embeds the files and returns the entries of the catalogue that name them. The checksum is MD5 because the
// format says so; it guards against damage, not against forgery.
func (d *Doc) attach(f *file) string {
	if len(d.files) == 0 {
		return ""
	}
	var names, refs strings.Builder
	date := pdfDate(d.meta.Created)
	for i, a := range d.files {
		content := f.addStream(fmt.Sprintf("/Type/EmbeddedFile/Subtype/%s/Params<</Size %d/CheckSum<%x>/ModDate%s>>",
			nameOf(a.MIME), len(a.Data), md5.Sum(a.Data), date), a.Data)
		spec := f.add(fmt.Appendf(nil, "<</Type/Filespec/F(file-%d)/UF%s/Desc%s/AFRelationship/Data"+
			"/EF<</F %d 0 R/UF %[4]d 0 R>>>>\n", i+1, textString(a.Name), textString(a.Description), content))
		fmt.Fprintf(&names, "(%04d)%d 0 R ", i+1, spec)
		fmt.Fprintf(&refs, "%d 0 R ", spec)
	}
	return "/Names<</EmbeddedFiles<</Names[" + names.String() + "]>>>>/AF[" + refs.String() + "]"
}

// nameOf escapes a media type as a PDF name: "application#2Fjson".
func nameOf(mime string) string {
	var b strings.Builder
	for _, c := range []byte(mime) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "#%02X", c)
	}
	return b.String()
}
