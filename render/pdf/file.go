package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// errForeign says that fpdf wrote something else than this package knows how to read.
var errForeign = errors.New("pdf: unexpected output of fpdf")

// object is the body of an indirect object, between "obj" and "endobj".
type object struct {
	body   []byte
	packed bool // to be written in an object stream
}

// file is a PDF file taken apart into its objects; objects[0] is not used. The compressor is kept, since making one
// costs more than most streams.
type file struct {
	objects []object
	zip     *zlib.Writer
}

// readFile takes apart what fpdf has written: one cross-reference table with every object in use.
func readFile(raw []byte) (*file, error) {
	offsets, end, err := readOffsets(raw)
	if err != nil {
		return nil, err
	}
	order := make([]int, 0, len(offsets))
	for number := 1; number < len(offsets); number++ {
		order = append(order, number)
	}
	slices.SortFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	f := &file{objects: make([]object, len(offsets)), zip: zlib.NewWriter(nil)}
	for i, number := range order {
		to := end
		if i+1 < len(order) {
			to = offsets[order[i+1]]
		}
		body, ok := cutObject(raw[offsets[number]:to], number)
		if !ok {
			return nil, fmt.Errorf("%w: object %d", errForeign, number)
		}
		f.objects[number] = object{body: body}
	}
	return f, nil
}

// readOffsets reads the cross-reference table and where it begins. An entry is 20 bytes, "0000000015 00000 n \n".
func readOffsets(raw []byte) ([]int, int, error) {
	_, last, ok := bytes.Cut(raw[max(0, len(raw)-64):], []byte("startxref\n"))
	start, err := strconv.Atoi(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(last), []byte("%%EOF")))))
	if !ok || err != nil || start >= len(raw) {
		return nil, 0, fmt.Errorf("%w: no cross-reference table", errForeign)
	}
	var size int
	if _, err := fmt.Sscanf(string(raw[start:min(start+32, len(raw))]), "xref\n0 %d\n", &size); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errForeign, err)
	}
	head := len(fmt.Sprintf("xref\n0 %d\n", size))
	table := raw[start+head:]
	if size < 1 || len(table) < 20*size {
		return nil, 0, fmt.Errorf("%w: short cross-reference table", errForeign)
	}
	offsets := make([]int, size)
	for i := range offsets {
		if offsets[i], err = strconv.Atoi(string(table[20*i : 20*i+10])); err != nil || offsets[i] > start {
			return nil, 0, fmt.Errorf("%w: offset of object %d", errForeign, i)
		}
	}
	return offsets, start, nil
}

// cutObject is the body of an object, which ends with a line end.
func cutObject(raw []byte, number int) ([]byte, bool) {
	body, ok := bytes.CutPrefix(raw, fmt.Appendf(nil, "%d 0 obj\n", number))
	if !ok {
		return nil, false
	}
	return bytes.CutSuffix(body, []byte("endobj\n"))
}

// add appends an object and returns its number.
func (f *file) add(body []byte) int {
	f.objects = append(f.objects, object{body: body})
	return len(f.objects) - 1
}

// addStream appends a compressed stream; entries are those of its dictionary besides the length and the filter.
func (f *file) addStream(entries string, content []byte) int {
	return f.add(f.stream(entries, content))
}

// reserve makes room for n packed objects and returns the number of the first.
func (f *file) reserve(n int) int {
	first := len(f.objects)
	f.objects = append(f.objects, make([]object, n)...)
	return first
}

// pack sets the body of a reserved object.
func (f *file) pack(number int, body []byte) { f.objects[number] = object{body: body, packed: true} }

// stream is a compressed stream object.
func (f *file) stream(entries string, content []byte) []byte {
	packed := f.deflate(content)
	b := fmt.Appendf(nil, "<<%s/Filter/FlateDecode/Length %d>>\nstream\n", entries, len(packed))
	b = append(b, packed...)
	return append(b, "\nendstream\n"...)
}

// deflate compresses. Writing to memory does not fail.
func (f *file) deflate(content []byte) []byte {
	var b bytes.Buffer
	f.zip.Reset(&b)
	_, _ = f.zip.Write(content)
	_ = f.zip.Close()
	return b.Bytes()
}

// packSize is how many objects go into one object stream: few enough that a viewer need not unpack much for one of
// them.
const packSize = 200

// entry is a row of the cross-reference stream (ISO 32000-1, 7.5.8.3): kind 1 with an offset, or kind 2 with the number
// of an object stream and the place in it.
type entry struct {
	kind  byte
	where int
	index int
}

// write puts the file together again. root and info are the numbers of the catalogue and of the information dictionary.
func (f *file) write(root, info int) []byte {
	places := f.packStreams()
	// The second line tells transfer programs that the file is binary.
	b := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	entries := make([]entry, len(f.objects)+1)
	for number, o := range f.objects {
		switch place, packed := places[number]; {
		case number == 0:
		case packed:
			entries[number] = place
		default:
			entries[number] = entry{kind: 1, where: len(b)}
			b = fmt.Appendf(b, "%d 0 obj\n", number)
			b = append(b, o.body...)
			b = append(b, "endobj\n"...)
		}
	}
	start := len(b)
	self := len(f.objects)
	entries[self] = entry{kind: 1, where: start}
	b = fmt.Appendf(b, "%d 0 obj\n", self)
	b = append(b, f.crossReference(entries, root, info, sha256.Sum256(b))...)
	return fmt.Appendf(b, "endobj\nstartxref\n%d\n%%%%EOF\n", start)
}

// crossReference is the cross-reference stream. The file's identifier is drawn from its content, so that it is the same
// for the same document and no clock or chance is needed.
func (f *file) crossReference(entries []entry, root, info int, sum [sha256.Size]byte) []byte {
	table := make([]byte, 0, 7*len(entries))
	for _, e := range entries {
		table = append(table, e.kind, byte(e.where>>24), byte(e.where>>16), byte(e.where>>8), byte(e.where),
			byte(e.index>>8), byte(e.index))
	}
	return f.stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%x><%[4]x>]",
		len(entries), root, info, sum[:16]), table)
}

// packStreams appends the object streams (ISO 32000-1, 7.5.7) and tells where each packed object went.
func (f *file) packStreams() map[int]entry {
	var numbers []int
	for number, o := range f.objects {
		if o.packed {
			numbers = append(numbers, number)
		}
	}
	places := make(map[int]entry, len(numbers))
	for chunk := range slices.Chunk(numbers, packSize) {
		var head, body []byte
		for i, number := range chunk {
			head = fmt.Appendf(head, "%d %d ", number, len(body))
			body = append(append(body, f.objects[number].body...), '\n')
			places[number] = entry{kind: 2, where: len(f.objects), index: i}
		}
		f.addStream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(chunk), len(head)), append(head, body...))
	}
	return places
}
