//go:build !external

package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	spb "go.temporal.io/server/api/persistence/v1"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/common/persistence"
	"go.temporal.io/server/common/persistence/serialization"
	"go.temporal.io/server/common/persistence/sql"
	"go.temporal.io/server/common/resolver"
	"go.temporal.io/server/common/searchattribute/sadefs"
	"google.golang.org/protobuf/types/known/durationpb"
)

// register leaves the namespace and its search attributes in the store before the server reads it: registered through a
// running server they would be unknown to its services for some seconds.
func register(ctx context.Context, store *config.SQL, options Options, logger logger) error {
	serializer := serialization.NewSerializer()
	factory := sql.NewFactory(
		*store, resolver.NewNoopResolver(), clusterName, logger, metrics.NoopMetricsHandler, serializer)
	defer factory.Close()
	metadata, err := factory.NewMetadataStore()
	if err != nil {
		return fmt.Errorf("engine: store: %w", err)
	}
	manager := persistence.NewMetadataManagerImpl(metadata, serializer, logger, clusterName)
	if err := registerIn(ctx, manager, options); err != nil {
		return fmt.Errorf("engine: namespace: %w", err)
	}
	return nil
}

func registerIn(ctx context.Context, manager persistence.MetadataManager, options Options) error {
	found, err := manager.GetNamespace(ctx, &persistence.GetNamespaceRequest{Name: options.Namespace})
	var missing *serviceerror.NamespaceNotFound
	if errors.As(err, &missing) {
		return createNamespace(ctx, manager, options)
	}
	if err != nil {
		return err
	}
	return updateNamespace(ctx, manager, found.Namespace, options)
}

func createNamespace(ctx context.Context, manager persistence.MetadataManager, options Options) error {
	aliases, err := addAliases(nil, options.SearchAttributes)
	if err != nil {
		return err
	}
	_, err = manager.CreateNamespace(ctx, &persistence.CreateNamespaceRequest{Namespace: &spb.NamespaceDetail{
		Info: &spb.NamespaceInfo{
			Id: uuid.NewString(), Name: options.Namespace, State: enums.NAMESPACE_STATE_REGISTERED,
		},
		Config: &spb.NamespaceConfig{
			Retention:                    durationpb.New(Retention),
			HistoryArchivalState:         enums.ARCHIVAL_STATE_DISABLED,
			VisibilityArchivalState:      enums.ARCHIVAL_STATE_DISABLED,
			CustomSearchAttributeAliases: aliases,
		},
		ReplicationConfig: &spb.NamespaceReplicationConfig{
			ActiveClusterName: clusterName, Clusters: []string{clusterName},
		},
		FailoverNotificationVersion: -1,
	}})
	return err
}

// updateNamespace brings a namespace of an earlier start up to the options.
func updateNamespace(
	ctx context.Context, manager persistence.MetadataManager, detail *spb.NamespaceDetail, options Options,
) error {
	had := detail.Config.CustomSearchAttributeAliases
	aliases, err := addAliases(had, options.SearchAttributes)
	if err != nil {
		return err
	}
	if maps.Equal(had, aliases) && detail.Config.Retention.AsDuration() == Retention {
		return nil
	}
	current, err := manager.GetMetadata(ctx)
	if err != nil {
		return err
	}
	detail.Config.CustomSearchAttributeAliases = aliases
	detail.Config.Retention = durationpb.New(Retention)
	detail.ConfigVersion++
	return manager.UpdateNamespace(ctx, &persistence.UpdateNamespaceRequest{
		Namespace: detail, NotificationVersion: current.NotificationVersion,
	})
}

// addAliases gives each attribute that has none a column of its type, and returns the names by column. Attributes that
// have a column keep it, since that is where the running workflows wrote their values.
func addAliases(had map[string]string, wanted map[string]enums.IndexedValueType) (map[string]string, error) {
	columns := sadefs.GetDBIndexSearchAttributes(nil).CustomSearchAttributes
	aliases := make(map[string]string, len(had)+len(wanted))
	taken := make(map[string]enums.IndexedValueType, len(had)+len(wanted))
	for column, name := range had {
		aliases[column], taken[name] = name, columns[column]
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		kind, known := taken[name]
		if known && kind != wanted[name] {
			return nil, fmt.Errorf("search attribute %s is a %s already, not a %s", name, kind, wanted[name])
		}
		if known {
			continue
		}
		column, ok := freeColumn(columns, aliases, wanted[name])
		if !ok {
			return nil, fmt.Errorf("no room for search attribute %s: all columns of type %s are taken", name, wanted[name])
		}
		aliases[column] = name
	}
	return aliases, nil
}

// freeColumn returns the first column of the type that has no name yet.
func freeColumn(
	columns map[string]enums.IndexedValueType, aliases map[string]string, kind enums.IndexedValueType,
) (string, bool) {
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		if _, taken := aliases[column]; !taken && columns[column] == kind {
			return column, true
		}
	}
	return "", false
}
