package endpoint

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts and times operations by name and code. Labels hold nothing of a request or an actor.
type Metrics struct {
	registry *prometheus.Registry
	took     *prometheus.HistogramVec
}

// NewMetrics makes an empty set.
func NewMetrics() *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "secretariat_operation_seconds", Help: "Time operations took, by operation and result code.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"op", "code"})}
	m.registry.MustRegister(m.took)
	return m
}

// Observe notes one operation.
func (m *Metrics) Observe(op, code string, took time.Duration) {
	m.took.WithLabelValues(op, code).Observe(took.Seconds())
}

// Gatherer gives the figures to whoever serves them.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }
