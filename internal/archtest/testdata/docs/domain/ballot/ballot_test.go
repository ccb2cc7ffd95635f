package ballot

func TestHelper() {}
