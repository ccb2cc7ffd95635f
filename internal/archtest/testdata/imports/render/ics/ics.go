package ics

import _ "github.com/go-pdf/fpdf"
