// Package plansheet reads and writes a basic plan as a YAML file of Korean words that the staff can write themselves. A file with
// a broken line is refused whole, and every broken line is told by its number.
package plansheet
