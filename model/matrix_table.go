package model

// and adds the part of the side that does not lead.
func (c Cell) and(support string) Cell { c.Support = support; return c }

// how adds how the sides share the work.
func (c Cell) how(words string) Cell { c.How = words; return c }

// derived marks a default where the practice leaves it open.
func (c Cell) derived() Cell { c.Derived = true; return c }

// DefaultMatrix returns the default responsibilities as a fresh value that the caller may change.
func DefaultMatrix() Matrix {
	var (
		partnerLeads = Cell{Mode: Leads, Leader: Partner}
		vendorLeads  = Cell{Mode: Leads, Leader: Vendor}
		joint        = Cell{Mode: Joint}
		alternate    = Cell{Mode: Alternates}
	)
	return Matrix{
		{Relationship, "own the prospect relationship and communication",
			partnerLeads, vendorLeads, joint.how("one coordinated outreach plan")},
		{DiscoveryWork, "discovery and qualification",
			partnerLeads, vendorLeads,
			joint.how("partner takes business process, vendor takes technical requirements")},
		{Meetings, "schedule and lead meetings",
			partnerLeads, vendorLeads.derived(), alternate.how("by the meeting's topic")},
		{BusinessCase, "present the business case",
			partnerLeads, vendorLeads, partnerLeads.derived()},
		{Demo, "product demos",
			vendorLeads.and("introduces"), vendorLeads, vendorLeads.derived()},
		{Proposal, "the commercial proposal",
			partnerLeads.and("supplies product pricing"), vendorLeads.and("supplies services pricing").derived(),
			joint.how("one proposal")},
		{Negotiation, "negotiate commercial terms",
			partnerLeads.and("approves its pricing"), vendorLeads.and("approves its services pricing").derived(),
			joint.how("coordinated")},
		{Contract, "contract and close",
			partnerLeads, vendorLeads.derived(), joint.derived()},
		{ProductExpertise, "product expertise and technical validation of the product",
			vendorLeads, vendorLeads.derived(), vendorLeads.derived()},
		{TechnicalRequirements, "validate technical requirements",
			vendorLeads.derived(), partnerLeads, vendorLeads},
		{Competitive, "competitive positioning and product objections",
			vendorLeads, vendorLeads.derived(), vendorLeads.derived()},
		{ServicesObjections, "objections about implementation and services",
			partnerLeads, partnerLeads.derived(), partnerLeads.derived()},
		{DealDesk, "deal desk for complex or non-standard pricing",
			vendorLeads, vendorLeads.derived(), vendorLeads.derived()},
		{SubjectExpert, "join key meetings as subject-matter expert",
			vendorLeads, partnerLeads.how("for specific topics"), alternate.how("by topic").derived()},
		{Implementation, "implementation-services expertise",
			partnerLeads.derived(), partnerLeads, partnerLeads.derived()},
		{IntegrationWork, "integration knowledge",
			partnerLeads.derived(), partnerLeads, partnerLeads.derived()},
		{Deployment, "post-sale deployment",
			partnerLeads.derived(), vendorLeads.and("delivers"), partnerLeads.derived()},
	}
}
