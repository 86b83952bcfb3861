// Package cache keeps what was used last and forgets the rest.
package cache

import "container/list"

type entry struct {
	key   string
	value any
}

// LRU is a cache of fixed size. When it is full, the least recently used entry is dropped.
type LRU struct {
	capacity int
	order    *list.List
	entries  map[string]*list.Element
}

// NewLRU makes an empty cache that holds at most capacity entries.
func NewLRU(capacity int) *LRU {
	return &LRU{capacity: capacity, order: list.New(), entries: map[string]*list.Element{}}
}

// Get looks a key up and marks it as just used.
func (cache *LRU) Get(key string) (any, bool) {
	element, found := cache.entries[key]
	if !found {
		return nil, false
	}
	cache.order.MoveToFront(element)
	return element.Value.(*entry).value, true
}

// Put stores a value, and evicts the oldest entry when there is no room left.
func (cache *LRU) Put(key string, value any) {
	if element, found := cache.entries[key]; found {
		element.Value.(*entry).value = value
		cache.order.MoveToFront(element)
		return
	}
	cache.entries[key] = cache.order.PushFront(&entry{key, value})
	if cache.order.Len() > cache.capacity {
		oldest := cache.order.Back()
		cache.order.Remove(oldest)
		delete(cache.entries, oldest.Value.(*entry).key)
	}
}
