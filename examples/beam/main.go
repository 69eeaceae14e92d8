// Beam compares two policies over bookings that any number of machines share, as a pipeline of Apache Beam. Its report is
// that of one process, byte for byte.
//
//	go run .                                # the sample, on the runner of this machine
//	go run . -before OLD.json -after NEW.json -bookings 'deals/*.jsonl' -report report.txt
//	go run . -runner universal -endpoint host:port …   # Flink, Spark or another runner with a job service
//
// A file of bookings has one booking a line, as JSON. Bookings are shared one by one, so neither policy may have rates
// that count over a period: those need the deals of a payee together.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal"
)

func main() {
	before := flag.String("before", "sample/before.json", "the policy in force")
	after := flag.String("after", "sample/after.json", "the policy that is planned")
	bookings := flag.String("bookings", "sample/bookings.jsonl", "files of bookings, one a line")
	report := flag.String("report", "report.txt", "the file of the report")
	runner := flag.String("runner", "prism", "prism, on this machine, or universal, at -endpoint")
	beam.Init() // a worker runs its part here, and returns no more
	flag.Parse()
	if err := run(context.Background(), *runner, *before, *after, *bookings, *report); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, runner, before, after, bookings, report string) error {
	old, err := os.ReadFile(before)
	if err != nil {
		return err
	}
	planned, err := os.ReadFile(after)
	if err != nil {
		return err
	}
	step := &compare{Before: string(old), After: string(planned)}
	if err := step.Setup(); err != nil {
		return err // here, and not on every machine
	}
	pipeline, scope := beam.NewPipelineWithRoot()
	lines := beam.Reshuffle(scope, textio.Read(scope, bookings))
	parts := beam.ParDo(scope, step, lines)
	whole := beam.Combine(scope, merge, parts)
	textio.Write(scope, report, beam.ParDo(scope, write, whole))
	_, err = beam.Run(ctx, runner, pipeline)
	return err
}
