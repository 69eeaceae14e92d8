package crmcsv

import (
	"strings"
	"unicode"
)

// use is a purpose for which a guess takes a column.
type use uint8

// The uses of columns. A column with several of them has that of the better hint.
const (
	useNone use = iota
	useID
	useAccount
	useActual   // the amount of a deal that is won
	useExpected // any amount of a deal
	useCurrency
	useStage
	useClosed
	useOwner
	useGiven  // the first part of an owner's name
	useFamily // the last part
	usePartner
	usePartnerRep
)

// hints are the names that columns have in CRM systems: the language, the use, and the names, the most certain first.
var hints = [...]struct {
	language string
	use      use
	names    string
}{
	{"en", useID, "deal id|opportunity id|record id|opp id|id|deal number|opportunity number|deal no|deal|" +
		"opportunity|do not modify opportunity|opportunity ref|reference|key|number|external id"},
	{"en", useAccount, "account name|account|company name|company|associated company|potential customer|" +
		"customer name|customer|client name|client|organization name|organization|organisation"},
	{"en", useActual, "actual revenue|actual value|actual amount|closed amount|won amount|amount won"},
	{"en", useExpected, "amount|deal amount|deal value|opportunity amount|value|contract value|total contract value|" +
		"tcv|acv|price|close value|total amount|total price|total|revenue|est revenue|estimated revenue|" +
		"expected revenue|estimated value|deal size"},
	{"en", useCurrency, "currency|currency code|currency iso code|deal currency code|amount currency|deal currency|" +
		"opportunity currency|iso currency"},
	{"en", useStage, "deal stage|opportunity stage|sales stage|stage|stage name|pipeline stage|deal status|" +
		"opportunity status|status|status reason|state|outcome|phase"},
	{"en", useClosed, "actual close date|actual closed date|won date|won time|closed date|close date|closing date|" +
		"closed on|closed at|closed|close|date closed|expected close date|est close date|estimated close date"},
	{"en", useOwner, "deal owner|opportunity owner|owner name|owner|owner full name|sales rep|sales agent|" +
		"salesperson|sales person|rep|rep name|account executive|assigned to|account owner|" +
		"owner email|owner id|hubspot owner id"},
	{"en", useGiven, "owner given|owner given name|owner first name|owner first|rep first name|sales rep first name"},
	{"en", useFamily, "owner family|owner family name|owner last name|owner last|rep last name|sales rep last name"},
	{"en", usePartner, "partner|partner name|partner account|partner company|reseller|reseller name|" +
		"partner organization"},
	{"en", usePartnerRep, "partner rep|partner owner|partner sales rep|partner seller|partner contact|reseller rep"},
	{"de", useID, "vorgangsnummer|chance id|verkaufschance|auftragsnummer|nummer|angebotsnummer"},
	{"de", useAccount, "firma|firmenname|kunde|kundenname|unternehmen|potenzieller kunde"},
	{"de", useActual, "tatsächlicher umsatz|tatsächlicher erlös"},
	{"de", useExpected, "betrag|auftragswert|wert|summe|umsatz|geschätzter umsatz|erwarteter umsatz|volumen|preis"},
	{"de", useCurrency, "währung|währungscode"},
	{"de", useStage, "verkaufsphase|vertriebsphase|phase|stadium|deal phase"},
	{"de", useClosed, "abschlussdatum|abgeschlossen am|abschluss|schlusstermin|tatsächliches abschlussdatum"},
	{"de", useOwner, "inhaber|besitzer|verkäufer|vertriebler|zuständig|verantwortlich|vertriebsmitarbeiter"},
	{"fr", useID, "numéro|référence|identifiant|id opportunité|n opportunité"},
	{"fr", useAccount, "société|entreprise|client|compte|nom du compte|raison sociale"},
	{"fr", useExpected, "montant|valeur|prix|chiffre d'affaires|revenu estimé|montant ht|montant de la transaction"},
	{"fr", useCurrency, "devise"},
	{"fr", useStage, "étape|statut|phase de la transaction|étape de vente"},
	{"fr", useClosed, "date de clôture|date de fermeture|clôturé le|date de signature|clôture"},
	{"fr", useOwner, "propriétaire|commercial|vendeur|responsable|propriétaire de l'opportunité"},
	{"es", useID, "número|referencia|identificador|id de oportunidad|folio"},
	{"es", useAccount, "empresa|cliente|cuenta|nombre de la cuenta|razón social"},
	{"es", useExpected, "importe|monto|valor|precio|ingresos|cantidad"},
	{"es", useCurrency, "moneda|divisa"},
	{"es", useStage, "etapa|estado|fase|etapa del negocio"},
	{"es", useClosed, "fecha de cierre|fecha cierre|cierre|cerrado el"},
	{"es", useOwner, "propietario|vendedor|comercial|responsable|asesor|agente"},
	{"it", useAccount, "azienda|società|ragione sociale"},
	{"it", useExpected, "importo|valore|prezzo|fatturato"},
	{"it", useCurrency, "valuta"},
	{"it", useStage, "fase|stato"},
	{"it", useClosed, "data di chiusura|data chiusura"},
	{"it", useOwner, "proprietario|venditore|commerciale"},
	{"pt", useExpected, "montante|preço|receita"},
	{"pt", useCurrency, "moeda"},
	{"pt", useStage, "estágio|situação"},
	{"pt", useClosed, "data de fechamento|data de fecho"},
	{"pt", useOwner, "proprietário|responsável"},
	{"nl", useAccount, "bedrijf|klant|bedrijfsnaam"},
	{"nl", useExpected, "bedrag|waarde|omzet|prijs"},
	{"nl", useClosed, "sluitingsdatum|afsluitdatum"},
	{"nl", useOwner, "eigenaar|verkoper"},
}

// hint is the meaning that the name of a column has.
type hint struct {
	use      use
	rank     int // the lower, the more certain
	language string
}

// partOfName is the rank from which a column only has such a name in it, as "Amount of the year" has.
const partOfName = 1000

// leastPart is the number of bytes from which a name is looked for inside of others.
const leastPart = 5

// hintsByName returns the hint of each name of [hints], by its letters. Of a name that stands twice the first counts.
func hintsByName() map[string]hint {
	byName := map[string]hint{}
	for _, h := range hints {
		for rank, name := range strings.Split(h.names, "|") {
			if letters := lettersOf(name); byName[letters].use == useNone {
				byName[letters] = hint{h.use, rank, h.language}
			}
		}
	}
	return byName
}

// hintOf returns what a name hints at: the hint of the name itself, else of the longest name in it.
func hintOf(letters string, byName map[string]hint) hint {
	if h, ok := byName[letters]; ok {
		return h
	}
	best, longest := hint{}, ""
	for name, h := range byName {
		isBetter := len(name) > len(longest) || len(name) == len(longest) && name < longest
		if len(name) >= leastPart && isBetter && strings.Contains(letters, name) {
			best, longest = h, name
		}
	}
	best.rank += partOfName
	return best
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// words returns the words of a folded text.
func words(text string) []string {
	return strings.FieldsFunc(folded(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// Texts of cells, folded, each between two bars.
const (
	placeholders = `|n/a|na|n.a.|#n/a|#value!|#ref!|\n|-|--|–|—|null|(null)|none|nil|nan|tbd|(blank)|(none)|k.a.|s/o|`
	wordsOfWon   = "|won|closedwon|win|launched|gewonnen|gagné|gagnée|gagne|gagnee|ganado|ganada|vinto|vinta|ganho|" +
		"ganha|vundet|vunnet|vunnen|wygrana|"
	wordsOfLost = "|lost|closedlost|declined|expired|abandoned|cancelled|canceled|disqualified|withdrawn|verloren|" +
		"perdu|perdue|perdido|perdida|perso|persa|tabt|tapt|förlorad|przegrana|"
	wordsOfEnd = "|closed|complete|completed|done|abgeschlossen|fermé|fermée|clôturé|cerrado|cerrada|chiuso|chiusa|" +
		"fechado|fechada|gesloten|"
	flags = "|yes|no|true|false|y|n|t|f|0|1|x|ja|nein|oui|non|sí|si|sim|não|"
)

func isOneOf(text, list string) bool {
	return !strings.Contains(text, "|") && strings.Contains(list, "|"+text+"|")
}
