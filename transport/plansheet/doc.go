// Package plansheet reads and writes a basic plan as a YAML file of Korean words or a workbook (XLSX) that the staff can write themselves. A file with
// a broken line is refused whole, and every broken line is told by its number, of a workbook with its sheet.
package plansheet
