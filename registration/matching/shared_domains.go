package matching

// sharedDomains are domains that companies without a domain of their own use. What
// the private part of the public suffix list has, such as github.io, needs no entry:
// there each tenant has a registrable domain.
var sharedDomains = [...]string{
	"126.com", "163.com", "aol.com", "bigpond.com", "bluewin.ch", "bol.com.br", "btinternet.com",
	"comcast.net", "facebook.com", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at",
	"gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.co.uk",
	"hotmail.fr", "hotmail.it", "icloud.com", "instagram.com", "laposte.net", "libero.it",
	"linkedin.com", "linktr.ee", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com",
	"naver.com", "onmicrosoft.com", "orange.fr", "outlook.com", "pm.me", "proton.me",
	"protonmail.com", "qq.com", "rediffmail.com", "seznam.cz", "sfr.fr", "sharepoint.com",
	"sina.com", "t-online.de", "telenet.be", "terra.com.br", "tiscali.it", "tuta.com", "uol.com.br",
	"virgilio.it", "wanadoo.fr", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
	"yahoo.de", "yahoo.fr", "yandex.ru", "ymail.com", "zoho.com",
}
