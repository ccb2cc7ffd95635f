// Package storetest is the contract that the store keeps on both engines, one function an area.
package storetest
