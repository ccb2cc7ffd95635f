// Package domain follows /tmp/brief/house.md.
package domain

var place = "/work/.library"
