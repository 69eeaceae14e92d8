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

// topicSides says whose a topic is; unset where it follows the registration.
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

// Side returns the side that a topic belongs to, or an unset side for commercial
// and unknown topics, which belong to the side that holds the registration.
func (t Topic) Side() Side {
	if int(t) >= len(topicSides) {
		return 0
	}
	return topicSides[t]
}

// check refuses a number that is no topic.
func (t Topic) check() error {
	if t == UnknownTopic {
		return nil
	}
	return topicNames.Check(t)
}
