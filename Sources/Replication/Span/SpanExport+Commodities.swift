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
            for (index, contract) in contracts(of: commodity.code) {
                xml.element("pfLink") { xml in
                    xml.leaf("exch", organisation)
                    xml.leaf("pfId", String(index + 1))
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

    private static func text(_ method: WeightedPriceRiskMethod) -> String {
        switch method {
        case .normal: "NORMAL"
        case .scanRange: "SCANRANGE"
        case .capped: "CAPPED"
        }
    }

    private func writeRate(_ rate: ExactDecimal, to xml: inout XMLText) {
        xml.element("rate") { xml in
            xml.leaf("r", "1")
            xml.leaf("val", rate.description)
        }
    }

    /// Tier codes of a combined commodity by number, from 1 in the order of the codes, with their spans.
    private func tiers(
        of commodity: CombinedCommodityCode
    ) -> [(code: String, first: ContractMonth, last: ContractMonth)] {
        SpanExpressible.tiers(expressible.parameters).compactMap { key, months in
            guard key.first == commodity.text, let code = key.last, let first = months.min(), let last = months.max()
            else { return nil }
            return (code, first, last)
        }
    }

    /// 0 for no tier.
    private func number(of tier: TierCode?, in commodity: CombinedCommodityCode) -> String {
        guard let tier, let index = tiers(of: commodity).firstIndex(where: { $0.code == tier.text }) else { return "0" }
        return String(index + 1)
    }

    /// Every tier in the list of calendar spreads, in that of inter-commodity spreads if a leg names it, in that of
    /// scanning if it is scanned apart.
    private func writeTiers(of commodity: CombinedCommodityCode, to xml: inout XMLText) {
        let parameters = expressible.parameters
        let legs = Set(parameters.interSpreadLegs.filter { $0.combinedCommodity == commodity }.compactMap(\.tier?.text))
        let scanned = Set(
            parameters.monthTiers.filter { $0.combinedCommodity == commodity && $0.isScannedApart }.map(\.tier.text))
        let tiers = tiers(of: commodity).enumerated().map { (number: $0.offset + 1, tier: $0.element) }
        for (list, isIn) in [
            ("intraTiers", { _ in true }), ("interTiers", { legs.contains($0) }),
            ("scanTiers", { scanned.contains($0) }),
        ] as [(String, (String) -> Bool)] {
            let mine = tiers.filter { isIn($0.tier.code) }
            guard !mine.isEmpty else { continue }
            xml.element(list) { xml in
                for (number, tier) in mine {
                    xml.element("tier") { xml in
                        xml.leaf("tn", String(number))
                        xml.leaf("sPe", tier.first.spanText)
                        xml.leaf("ePe", tier.last.spanText)
                    }
                }
            }
        }
    }

    private func writeScanRanges(_ margin: CombinedCommodityMargin, to xml: inout XMLText) {
        func write(_ range: PriceScanRange, to xml: inout XMLText) {
            switch range {
            case .amount(let value): xml.leaf("priceScan", value.description)
            case .percent(let value): xml.leaf("priceScanPct", value.description)
            }
        }
        let tiers = expressible.parameters.priceScanRangeTiers.filter {
            $0.combinedCommodity == margin.combinedCommodity
        }.sorted { $0.fromMonth < $1.fromMonth }
        xml.element("rateTiers") { xml in
            xml.element("tier") { xml in
                xml.leaf("tn", "0")
                xml.element("scanRate") { xml in
                    xml.leaf("r", number(of: margin.scenarioSet))
                    write(margin.priceScanRange, to: &xml)
                    switch margin.volatilityScanRange {
                    case .absolute(let value): xml.leaf("volScan", value.description)
                    case .relative(let value): xml.leaf("volScanPct", value.description)
                    }
                }
            }
            for (index, tier) in tiers.enumerated() {
                xml.element("tier") { xml in
                    xml.leaf("tn", String(index + 1))
                    xml.leaf("sPe", tier.fromMonth.spanText)
                    xml.leaf("ePe", tier.toMonth.spanText)
                    xml.element("scanRate") { xml in
                        xml.leaf("r", number(of: margin.scenarioSet))
                        write(tier.priceScanRange, to: &xml)
                    }
                }
            }
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
