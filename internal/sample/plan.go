package sample

// Plan is the sample's basic plan, which is being made.
type Plan struct {
	Title    string     `yaml:"title"`
	Vision   string     `yaml:"vision"`
	National string     `yaml:"national"`
	From     string     `yaml:"from"`
	Steps    []PlanStep `yaml:"steps"`
	Nodes    []PlanNode `yaml:"nodes"`
}

// PlanStep is a step of making it that has been taken.
type PlanStep struct {
	Step string `yaml:"step"`
	Ref  string `yaml:"ref"`
}

// PlanNode is a strategy, or a programme when its code has two parts.
type PlanNode struct {
	ID         string          `yaml:"id"`
	Title      string          `yaml:"title"`
	Text       string          `yaml:"text"`
	Owner      string          `yaml:"owner"`
	Weight     int             `yaml:"weight"`
	Budget     []PlanMoney     `yaml:"budget"`
	Indicators []PlanIndicator `yaml:"indicators"`
}

// PlanIndicator is an indicator in thousandths; targets are year and value.
type PlanIndicator struct {
	Name     string     `yaml:"name"`
	Unit     string     `yaml:"unit"`
	Baseline int64      `yaml:"baseline"`
	Targets  [][2]int64 `yaml:"targets"`
}

// PlanMoney is what is planned for a year from a source, in won.
type PlanMoney struct {
	Year   int    `yaml:"year"`
	Source string `yaml:"source"`
	Amount int64  `yaml:"amount"`
}
