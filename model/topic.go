package model

import "github.com/coselling/coselling/internal/enum"

// Topic is what a meeting is about; it decides who leads alternating work. The
// zero value is [UnknownTopic].
type Topic uint8

// The topics.
const (
	UnknownTopic        Topic = iota // follows the registration
	BusinessProcess                  // the partner's
	Services                         // the partner's
	ImplementationTopic              // the partner's
	Product                          // the vendor's
	Technical                        // the vendor's
	Security                         // the vendor's
	Commercial                       // follows the registration
)

var topicNames = enum.Of[Topic](TopicUnknown, "business_process", "services", "implementation", "product", "technical", "security", "commercial")

// topicSides is the side that a topic belongs to; unset for commercial and unknown
// topics, which follow the registration.
var topicSides = [...]Side{
	BusinessProcess:     Partner,
	Services:            Partner,
	ImplementationTopic: Partner,
	Product:             Vendor,
	Technical:           Vendor,
	Security:            Vendor,
	Commercial:          0,
}

// ParseTopic reads a topic's name, such as business_process; anything else, the
// empty text included, is a [TopicUnknown] error that lists the names.
func ParseTopic(s string) (Topic, error) { return topicNames.Parse(s) }

// String returns the topic's name, or "" where it is unknown.
func (t Topic) String() string { return topicNames.Name(t) }

// check refuses a number that is no topic.
func (t Topic) check() error {
	if t == UnknownTopic {
		return nil
	}
	return topicNames.Check(t)
}
