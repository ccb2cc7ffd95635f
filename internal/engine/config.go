//go:build !external

package engine

import (
	"time"

	"github.com/google/uuid"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
)

const (
	clusterName = "secretariat"
	storeName   = "file"
	disabled    = "disabled"
)

// sqlStore describes the server's only connection to the file, or to memory when there is no file.
//
// The server keeps a connection open for as long as the process lives and hands it out again to whoever names the same
// source. A file that was wiped and made again would then be written to where it no longer is, so that each start names
// its source differently: "setup" means nothing to SQLite, and to the server only when it is "true". The connection to
// a file is renewed every minute, so that none outlives its engine for longer.
func sqlStore(file string) *config.SQL {
	run := uuid.NewString()
	if file == "" {
		return &config.SQL{
			PluginName:        sqlite.PluginName,
			DatabaseName:      run,
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}
	}
	return &config.SQL{
		PluginName:      sqlite.PluginName,
		DatabaseName:    uriPath(file),
		MaxConnLifetime: time.Minute,
		ConnectAttributes: map[string]string{
			"mode":         "rw",
			"setup":        run,
			"busy_timeout": "5000",
			"journal_mode": "wal",
			"synchronous":  "full",
		},
	}
}

func serverConfig(store *config.SQL, ports ports) *config.Config {
	var c config.Config
	c.Global.Membership = config.Membership{MaxJoinDuration: answerLimit, BroadcastAddress: loopback}
	c.Persistence = config.Persistence{
		DefaultStore:     storeName,
		VisibilityStore:  storeName,
		NumHistoryShards: 1,
		DataStores:       map[string]config.DataStore{storeName: {SQL: store}},
	}
	c.ClusterMetadata = clusterConfig(ports.address(primitives.FrontendService))
	c.DCRedirectionPolicy.Policy = "noop"
	c.Services = serviceConfigs(ports)
	c.PublicClient.HostPort = ports.address(primitives.FrontendService)
	c.Archival.History.State = disabled
	c.Archival.Visibility.State = disabled
	c.NamespaceDefaults.Archival.History.State = disabled
	c.NamespaceDefaults.Archival.Visibility.State = disabled
	return &c
}

func clusterConfig(address string) *cluster.Config {
	return &cluster.Config{
		FailoverVersionIncrement: 10,
		MasterClusterName:        clusterName,
		CurrentClusterName:       clusterName,
		ClusterInformation: map[string]cluster.ClusterInformation{
			clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: address},
		},
	}
}

func serviceConfigs(ports ports) map[string]config.Service {
	services := make(map[string]config.Service, len(ports))
	for service, port := range ports {
		services[string(service)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopback}}
	}
	return services
}
