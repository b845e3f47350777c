import ClearingModel
import Parameters
import Quantities
import Scenarios
import TextFiles

extension SpanExport {
    /// A combined commodity with its ranges, tiers, charges and calendar spreads.
    func write(_ commodity: CombinedCommodity, to xml: inout XMLText) {
        guard let margin = margin(of: commodity.code) else { return }
        xml.element("ccDef") { xml in
            xml.leaf("cc", commodity.code.text)
            xml.leaf("name", commodity.name)
            xml.leaf("currency", commodity.currency.description)
            xml.leaf("riskExponent", "0")
            xml.leaf("capAnov", expressible.classes.first?.netOptionValueIsCapped == true ? "1" : "0")
            xml.leaf("procMeth", "NORMAL")
            xml.leaf("wfprMeth", Self.text(margin.weightedPriceRiskMethod))
            xml.leaf("spotMeth", "NORMAL")
            xml.leaf("somMeth", margin.shortOptionMinimumMethod == .gross ? "GROSS" : "MAX")
            for (number, contract) in contracts(of: commodity.code) {
                xml.element("pfLink") { xml in
                    xml.leaf("exch", organisation)
                    xml.leaf("pfId", String(number))
                    xml.leaf("pfCode", contract.code.text)
                    xml.leaf("pfType", Self.type(of: contract))
                    xml.leaf("sc", contract.deltaScalingFactor.description)
                }
            }
            for (index, row) in expressible.classes.enumerated() {
                xml.element("adjRate") { xml in
                    xml.leaf("r", String(index + 1))
                    xml.leaf("val", row.initialRatio.description)
                }
            }
            writeMaintenance(margin, to: &xml)
            if lookAhead == nil { writeLookAhead(margin, to: &xml) }
            writeTiers(of: commodity.code, to: &xml)
            writeScanRanges(margin, to: &xml)
            xml.element("somTiers") { xml in
                xml.element("tier") { xml in
                    xml.leaf("tn", "0")
                    writeRate(margin.shortOptionMinimumRate, to: &xml)
                }
            }
            writeDeliveryCharges(of: commodity.code, to: &xml)
            writeIntraSpreads(of: commodity.code, to: &xml)
        }
    }

    /// A rate of itself: what a member must keep, as a share of what it must bring.
    private func writeMaintenance(_ margin: CombinedCommodityMargin, to xml: inout XMLText) {
        guard let ratio = margin.maintenanceRatio else { return }
        xml.element("adjRate") { xml in
            xml.leaf("r", "1")
            xml.leaf("baseR", "1")
            xml.leaf("val", ratio.description)
        }
    }

    /// How far on arrays are valued: days of a year of 365 or of 252 days.
    func writeLookAhead(_ margin: CombinedCommodityMargin, to xml: inout XMLText) {
        xml.leaf("lookAheadDays", margin.lookAheadDays.description)
        xml.leaf("daysPerYear", margin.dayCount == .actual365 ? "365" : "252")
    }

    private static func text(_ method: WeightedPriceRiskMethod) -> String {
        switch method {
        case .normal: "NORMAL"
        case .scanRange: "SCANRANGE"
        case .capped: "CAPPED"
        }
    }

    func writeRate(_ rate: ExactDecimal, to xml: inout XMLText) {
        xml.element("rate") { xml in
            xml.leaf("r", "1")
            xml.leaf("val", rate.description)
        }
    }

    private func writeDeliveryCharges(of commodity: CombinedCommodityCode, to xml: inout XMLText) {
        let charges = expressible.parameters.deliveryCharges.filter { $0.combinedCommodity == commodity }
        for charge in charges.sorted(by: { $0.contractMonth < $1.contractMonth }) {
            xml.element("spotRate") { xml in
                xml.leaf("r", "1")
                xml.leaf("pe", charge.contractMonth.spanText)
                xml.leaf("sprd", charge.spreadRate.description)
                xml.leaf("outr", charge.outrightRate.description)
            }
        }
    }

    /// Numbered in the order in which they are tried: months before tiers, then by priority, then by code.
    private func writeIntraSpreads(of commodity: CombinedCommodityCode, to xml: inout XMLText) {
        let spreads = expressible.parameters.intraSpreads.filter { $0.combinedCommodity == commodity }
        let ordered = spreads.sorted {
            ($0.legKind == .series ? 0 : 1, $0.priority, $0.spread) < (
                $1.legKind == .series ? 0 : 1, $1.priority, $1.spread
            )
        }
        for (index, spread) in ordered.enumerated() {
            xml.element("dSpread") { xml in
                xml.leaf("spread", String(index + 1))
                switch spread.charge {
                case .flat(let rate):
                    xml.leaf("chargeMeth", "F")
                    writeRate(rate, to: &xml)
                case .weightedPriceRisk(let rate):
                    xml.leaf("chargeMeth", "W")
                    writeRate(rate, to: &xml)
                }
                let legs = expressible.parameters.intraSpreadLegs.filter {
                    $0.combinedCommodity == commodity && $0.spread == spread.spread
                }
                for leg in legs.sorted(by: { $0.leg < $1.leg }) { write(leg, to: &xml) }
            }
        }
    }

    private func write(_ leg: IntraSpreadLeg, to xml: inout XMLText) {
        func rest(_ xml: inout XMLText) {
            xml.leaf("rs", leg.side.rawValue)
            xml.leaf("i", leg.ratio.description)
        }
        switch leg.pool {
        case .tier(let tier):
            xml.element("tLeg") { xml in
                xml.leaf("cc", leg.combinedCommodity.text)
                xml.leaf("tn", number(of: tier, in: leg.combinedCommodity))
                rest(&xml)
            }
        case .month(let month):
            xml.element("pLeg") { xml in
                xml.leaf("cc", leg.combinedCommodity.text)
                xml.leaf("pe", month.spanText)
                rest(&xml)
            }
        }
    }

    /// The inter-commodity spreads all of whose legs are in the file, numbered in the order in which they are tried.
    func writeInterSpreads(_ xml: inout XMLText) {
        let kept = Set(expressible.commodities.map(\.code))
        let legs = Dictionary(grouping: expressible.parameters.interSpreadLegs, by: \.spread)
        let spreads = expressible.parameters.interSpreads.filter { spread in
            (legs[spread.spread] ?? []).allSatisfy { kept.contains($0.combinedCommodity) }
        }.sorted { ($0.priority, $0.spread) < ($1.priority, $1.spread) }
        guard !spreads.isEmpty else { return }
        xml.element("interSpreads") { xml in
            for (index, spread) in spreads.enumerated() {
                xml.element("dSpread") { xml in
                    xml.leaf("spread", String(index + 1))
                    xml.leaf("chargeMeth", spread.kind == .flat ? "F" : "W")
                    if let rate = spread.creditRate { writeRate(rate, to: &xml) }
                    for leg in (legs[spread.spread] ?? []).sorted(by: { $0.leg < $1.leg }) {
                        xml.element("tLeg") { xml in
                            xml.leaf("cc", leg.combinedCommodity.text)
                            xml.leaf("tn", number(of: leg.tier, in: leg.combinedCommodity))
                            xml.leaf("rs", leg.side.rawValue)
                            xml.leaf("i", leg.ratio.description)
                            if let rate = leg.creditRate { writeRate(rate, to: &xml) }
                        }
                    }
                }
            }
        }
    }
}
