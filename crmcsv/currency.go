package crmcsv

// currenciesOf returns the codes of the currencies for which a folded sign stands, such as €; "" for any other text.
// A sign of several currencies, such as $, agrees with each of them.
func currenciesOf(sign string) string {
	switch sign {
	case "$":
		return "USD AUD CAD NZD SGD HKD TWD MXN ARS CLP COP UYU " +
			"DOP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD"
	case "us$", "u$s":
		return "USD"
	case "a$", "au$":
		return "AUD"
	case "c$":
		return "CAD NIO"
	case "ca$":
		return "CAD"
	case "rd$":
		return "DOP"
	case "j$":
		return "JMD"
	case "tt$":
		return "TTD"
	case "ec$":
		return "XCD"
	case "bz$":
		return "BZD"
	case "n$":
		return "NAD"
	case "nz$":
		return "NZD"
	case "s$":
		return "SGD"
	case "hk$":
		return "HKD"
	case "nt$":
		return "TWD"
	case "mx$":
		return "MXN"
	case "r$":
		return "BRL"
	case "€":
		return "EUR"
	case "£":
		return "GBP EGP FKP GIP SHP"
	case "¥", "￥":
		return "JPY CNY"
	case "円":
		return "JPY"
	case "元":
		return "CNY TWD HKD"
	case "₹":
		return "INR"
	case "rs":
		return "INR PKR LKR NPR MUR SCR"
	case "₩":
		return "KRW"
	case "₽", "руб":
		return "RUB"
	case "₴":
		return "UAH"
	case "₸":
		return "KZT"
	case "zł":
		return "PLN"
	case "kr":
		return "SEK NOK DKK ISK"
	case "kč":
		return "CZK"
	case "ft":
		return "HUF"
	case "fr", "sfr":
		return "CHF"
	case "lei":
		return "RON MDL"
	case "лв":
		return "BGN"
	case "₺", "tl":
		return "TRY"
	case "₪":
		return "ILS"
	case "฿":
		return "THB"
	case "₫":
		return "VND"
	case "₱":
		return "PHP"
	case "rp":
		return "IDR"
	case "rm":
		return "MYR"
	case "₦":
		return "NGN"
	case "r":
		return "ZAR"
	case "₵":
		return "GHS"
	case "ksh":
		return "KES"
	case "₡":
		return "CRC"
	case "q":
		return "GTQ"
	case "bs":
		return "BOB VES"
	case "s/":
		return "PEN"
	case "₲":
		return "PYG"
	case "₾":
		return "GEL"
	case "₼":
		return "AZN"
	case "dhs":
		return "AED"
	default:
		return ""
	}
}
