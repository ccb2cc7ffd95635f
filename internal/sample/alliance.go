package sample

// Alliance is the sample's alliance with its organisations and a consultation that is under way.
type Alliance struct {
	Code          string         `yaml:"code"`
	Name          string         `yaml:"name"`
	Sectors       []string       `yaml:"sectors"`
	Technologies  []string       `yaml:"technologies"`
	Divisions     []Division     `yaml:"divisions"`
	Organisations []Organisation `yaml:"organisations"`
	Consultation  Consultation   `yaml:"consultation"`
	Assessment    Assessment     `yaml:"assessment"`
	Call          Call           `yaml:"call"`
	Council       []int          `yaml:"council"` // seats of the committee whose members sit in the policy council
	Tasks         []Task         `yaml:"tasks"`
}

// Task is what an organisation, counted from 1, proposes, as far as it has come: a draft, submitted, or recommended by a sherpa.
type Task struct {
	By           int      `yaml:"by"`
	Division     string   `yaml:"division"`
	Title        string   `yaml:"title"`
	Problem      string   `yaml:"problem"`
	Approach     string   `yaml:"approach"`
	Technologies []string `yaml:"technologies"`
	Sector       string   `yaml:"sector"`
	Effects      string   `yaml:"effects"`
	Budget       int64    `yaml:"budget"`
	Submitted    bool     `yaml:"submitted"`
	Sherpa       int      `yaml:"sherpa"` // organisation that recommends it, 0 for none
	Comment      string   `yaml:"comment"`
	Advice       string   `yaml:"advice"`
}

// Division is a part of the alliance.
type Division struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"`
	Sector string `yaml:"sector"`
}

// Organisation is one of its members with who acts for it.
type Organisation struct {
	Name       string `yaml:"name"`
	Kind       string `yaml:"kind"`
	Size       string `yaml:"size"`
	Number     string `yaml:"number"`
	District   string `yaml:"district"`
	Sector     string `yaml:"sector"`
	Technology string `yaml:"technology"`
	Division   string `yaml:"division"`
	Sherpa     bool   `yaml:"sherpa"`
	Contact    string `yaml:"contact"`
}

// Consultation asks the members about a draft; Opinions have been submitted, Draft has not.
type Consultation struct {
	Title    string    `yaml:"title"`
	Purpose  string    `yaml:"purpose"`
	Articles []Article `yaml:"articles"`
	Opinions []Opinion `yaml:"opinions"`
	Draft    []Opinion `yaml:"draft"`
}

// Article is one part of the draft beside what is in force.
type Article struct {
	Label  string `yaml:"label"`
	Before string `yaml:"before"`
	After  string `yaml:"after"`
}

// Opinion is what an organisation, counted from 1, says to an article.
type Opinion struct {
	By      int    `yaml:"by"`
	Article int    `yaml:"article"`
	Stance  string `yaml:"stance"`
	Text    string `yaml:"text"`
	Wording string `yaml:"wording"`
}

// Assessment is a round of self-assessment with what organisations answer.
type Assessment struct {
	Title   string  `yaml:"title"`
	Purpose string  `yaml:"purpose"`
	Sheets  []Sheet `yaml:"sheets"`
}

// Sheet is what an organisation, counted from 1, answers; 0 points are no answer.
type Sheet struct {
	By     int    `yaml:"by"`
	Group  string `yaml:"group"`
	Points []int  `yaml:"points"`
	Draft  bool   `yaml:"draft"` // saved and not submitted
}

// Call is a call for proposals that is open; one organisation has applied.
type Call struct {
	Title       string      `yaml:"title"`
	Purpose     string      `yaml:"purpose"`
	Most        int64       `yaml:"most"`
	OwnShare    int         `yaml:"ownShare"`
	Criteria    []Criterion `yaml:"criteria"`
	Floor       int         `yaml:"floor"`
	TrimFrom    int         `yaml:"trimFrom"`
	Bonus       int         `yaml:"bonus"`
	Panel       int         `yaml:"panel"`
	Select      int         `yaml:"select"`
	Reserve     int         `yaml:"reserve"`
	Application Application `yaml:"application"`
}

// Criterion is one thing that is scored.
type Criterion struct {
	Name   string `yaml:"name"`
	Weight int    `yaml:"weight"`
}

// Application is what an organisation, counted from 1, asks for.
type Application struct {
	By      int    `yaml:"by"`
	Title   string `yaml:"title"`
	Summary string `yaml:"summary"`
	Plan    string `yaml:"plan"`
	Amount  int64  `yaml:"amount"`
	Own     int64  `yaml:"own"`
}
