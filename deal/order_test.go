package deal_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/value"
)

// Two facts that differ in one member are both kept, in the same order whichever comes first.
func TestFactsThatDifferInOneMemberAreDifferent(t *testing.T) {
	base, err := deal.ParseRecord([]byte(oneOfEach))
	if err != nil {
		t.Fatal(err)
	}
	differing(t, base.Events[0], func(r *deal.Record) any { return &r.Events }, 30)
	differing(t, base.Facts[0], func(r *deal.Record) any { return &r.Facts }, 9)
	differing(t, base.Activities[0], func(r *deal.Record) any { return &r.Activities }, 17)
	differing(t, base.Claims[0], func(r *deal.Record) any { return &r.Claims }, 20)
	differing(t, base.Blockers[0], func(r *deal.Record) any { return &r.Blockers }, 12)
}

func differing[T any](t *testing.T, base T, list func(*deal.Record) any, atLeast int) {
	t.Helper()
	n := 0
	vary(reflect.ValueOf(&base).Elem(), "", func(path string) {
		n++
		changed, original := base, pristine[T](t, list)
		if reflect.DeepEqual(changed, original) {
			t.Fatalf("%T: %s is not changed", base, path)
		}
		var one, two deal.Record
		*list(&one).(*[]T) = []T{original, changed}
		*list(&two).(*[]T) = []T{changed, original}
		a, errA := one.MarshalJSON()
		b, errB := two.MarshalJSON()
		if _, blocker := any(base).(deal.Blocker); blocker && path != ".ID" {
			if errA == nil || errB == nil {
				t.Errorf("%T: %s: two blockers of one id are taken", base, path)
			}
			return
		}
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("%T: %s: %s, %v, in the other order %s, %v", base, path, a, errA, b, errB)
			return
		}
		again, err := deal.ParseRecord(a)
		if err != nil || len(*list(&again).(*[]T)) != 2 {
			t.Errorf("%T: %s: %d facts are left, %v", base, path, len(*list(&again).(*[]T)), err)
		}
	})
	if n < atLeast {
		t.Errorf("%T: %d members were changed", base, n)
	}
}

// pristine reads the fact anew.
func pristine[T any](t *testing.T, list func(*deal.Record) any) T {
	t.Helper()
	r, err := deal.ParseRecord([]byte(oneOfEach))
	if err != nil {
		t.Fatal(err)
	}
	return (*list(&r).(*[]T))[0]
}

// vary changes each member of a value in turn, calls see, and changes it back.
func vary(v reflect.Value, path string, see func(path string)) {
	swap := func(other any) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		v.Set(reflect.ValueOf(other).Convert(v.Type()))
		see(path)
		v.Set(old)
	}
	switch x := v.Interface().(type) {
	case time.Time:
		swap(x.Add(time.Nanosecond))
		return
	case value.Date:
		swap(value.MustDate("2026-12-31"))
		return
	case value.Money:
		swap(value.MustMoney("2.00 USD"))
		swap(value.MustMoney("1.00 EUR"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		swap(v.String() + "x")
	case reflect.Bool:
		swap(!v.Bool())
	case reflect.Int:
		swap(v.Int() + 1)
	case reflect.Uint8:
		swap(v.Uint()%2 + 1)
	case reflect.Pointer:
		vary(v.Elem(), path, see)
	case reflect.Slice:
		for i := range v.Len() {
			vary(v.Index(i), path+"[]", see)
		}
		swap(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, 2*v.Len()), reflect.AppendSlice(v.Slice3(0, v.Len(), v.Len()), v)).Interface())
	case reflect.Struct:
		for i := range v.NumField() {
			vary(v.Field(i), path+"."+v.Type().Field(i).Name, see)
		}
	}
}
