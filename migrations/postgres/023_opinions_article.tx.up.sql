-- Opinions are listed by article, whose like ones are answered together.
DROP INDEX opinions_consultation;
CREATE INDEX opinions_article ON opinions (consultation, article, id);
