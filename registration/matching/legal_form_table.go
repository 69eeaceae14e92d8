package matching

// legalFormTable has legal forms as companies write them, chosen by hand from the Entity Legal Forms code list of
// ISO 20275, which GLEIF publishes. Without countries a form counts everywhere.
var legalFormTable = [...]struct{ forms, countries string }{
	// English
	{"inc,incorporated,llc,llp,lllp,pllc,ltd,limited,plc,corp,corporation,company limited," +
		"public limited company", ""},
	{"co,company,lp,pc,pa", "US CA GB IE AU NZ IN SG HK ZA KE NG"},
	{"pty,pty ltd,proprietary limited,pte,pte ltd,private limited,pvt,pvt ltd,npc,soc ltd," +
		"unlimited company,dac,clg,cic", ""},
	{"bhd,sdn bhd,berhad,sendirian berhad", "MY BN"},
	// German
	{"gmbh,mbh,ggmbh,gesellschaft mit beschränkter haftung,aktiengesellschaft,ug haftungsbeschränkt," +
		"unternehmergesellschaft,kgaa,gmbh & co,gmbh & co kg,ag & co kg,kommanditgesellschaft,ohg,gbr,egbr," +
		"partg,partgmbb,e k,eingetragene genossenschaft,haftungsbeschränkt", ""},
	{"ag,kg,ug,eg,ev,se,og,eu,gen", "DE AT CH LI LU"},
	// French
	{"sarl,sàrl,s à r l,eurl,sasu,sca,société anonyme,société par actions simplifiée," +
		"société à responsabilité limitée,sprl,scrl,srl", ""},
	{"sa,sas,snc,scs,sci,gie,sc,scop", "FR BE LU CH MC CI SN MA TN"},
	// Dutch
	{"bv,nv,bvba,cvba,vof,besloten vennootschap,naamloze vennootschap,comm v", ""},
	{"cv", "NL BE"},
	// Spanish and Portuguese
	{"sociedad anónima,sociedad limitada,slu,slne,sa de cv,sapi de cv,s de rl,s de rl de cv,spa,ltda," +
		"limitada,lda,eireli,sgps,unipessoal lda,s a u,eirl,sac,saic", ""},
	{"sa,sl,sau,scoop,me,epp,mei,sas,cia", "ES PT BR MX AR CL CO PE UY EC VE BO PY CR PA"},
	// Italian
	{"società per azioni,società a responsabilità limitata,srls,sapa,soc coop", ""},
	{"spa,srl,snc,sas", "IT SM"},
	// Nordic and Baltic
	{"aktiebolag,aktieselskab,anpartsselskab,osakeyhtiö,oyj,abp,aps,asa,ehf,handelsbolag,kommanditbolag," +
		"uab,osaühing,aktsiaselts", ""},
	{"ab,as,a s,hb,kb,oy,ky,ay,ab publ,ans,da,is,i s,ks,k s,ivs,hf,sf,oü,ou,sia,ik,publ", "SE DK NO FI IS EE LV LT"},
	// Central and eastern Europe
	{"sp z o o,sp z oo,spółka z ograniczoną odpowiedzialnością,spółka akcyjna,sp k,sp j,sp z o o sp k," +
		"sp z oo sp k,s r o,spol s r o,spol s ro,společnost s ručením omezeným,akciová společnost,kft,zrt," +
		"nyrt,bt,korlátolt felelősségű társaság,d o o,d d,eood,ood,ead,jsc,pjsc,ojsc,cjsc,ooo,oao,zao,pao", ""},
	{"sa,as,a s,vos,ks,k s,ad,ao,tov,pat,dno", "PL CZ SK HU SI HR RS BA ME MK BG RO UA RU BY KZ"},
	{"ооо,оао,зао,пао,ао,тов,ип,фоп,прат,пат,дп,еоод,оод,еад,ад,доо,дд", ""},
	// Greek and Turkish
	{"ανώνυμη εταιρεία,αε,επε,ικε,μον ικε", ""},
	{"ae,epe,ike", "GR CY"},
	{"anonim şirketi,limited şirketi,ltd şti,a ş,şti,sanayi ve ticaret,san ve tic", "TR"},
	// Asia and the Middle East
	{"kabushiki kaisha,kabushiki gaisha,godo kaisha,yugen kaisha,co ltd,company ltd,joint stock company," +
		"tnhh,cong ty tnhh,công ty tnhh,công ty cổ phần,㈱,㈲,㈜", ""},
	{"kk,k k,gk,yk", "JP"},
	{"pt,tbk,persero,cv,ud", "ID"},
	{"fze,fzco,fz llc,wll,saoc,saog,psc,ksc,kscc", ""},
	{"sae,saog,bsc", "EG OM BH"},
}

// gluedForms are written before or after a name without a space.
var gluedForms = [...]string{
	"株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人",
	"股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "集团有限公司",
	"주식회사", "유한회사",
}
