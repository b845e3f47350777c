import ClearingModel
import Parameters
import Quantities
import TextFiles

extension SpanExport {
    /// A tier of the file: one of all months has number 0 and no span.
    private struct Tier {
        let code: String
        let number: Int
        let span: (first: ContractMonth, last: ContractMonth)?
    }

    /// The tiers of a combined commodity, numbered from 1 in the order of the codes; the code 0 is kept for all months.
    private func tiers(of commodity: CombinedCommodityCode) -> [Tier] {
        var tiers: [Tier] = []
        var number = 0
        for (key, months) in SpanExpressible.tiers(expressible.parameters) where key.first == commodity.text {
            guard let code = key.last, let first = months.min(), let last = months.max() else { continue }
            let isWhole = code == "0" && (expressible.listed[commodity] ?? []).isSubset(of: months)
            if !isWhole { number += 1 }
            tiers.append(Tier(code: code, number: isWhole ? 0 : number, span: isWhole ? nil : (first, last)))
        }
        return tiers
    }

    /// 0 for no tier.
    func number(of tier: TierCode?, in commodity: CombinedCommodityCode) -> String {
        guard let tier, let found = tiers(of: commodity).first(where: { $0.code == tier.text }) else { return "0" }
        return String(found.number)
    }

    /// Every tier in the list of calendar spreads, in that of inter-commodity spreads if a leg names it, in that of
    /// scanning if it is scanned apart.
    func writeTiers(of commodity: CombinedCommodityCode, to xml: inout XMLText) {
        let parameters = expressible.parameters
        let legs = Set(parameters.interSpreadLegs.filter { $0.combinedCommodity == commodity }.compactMap(\.tier?.text))
        let scanned = Set(
            parameters.monthTiers.filter { $0.combinedCommodity == commodity && $0.isScannedApart }.map(\.tier.text))
        let tiers = tiers(of: commodity)
        for (list, isIn) in [
            ("intraTiers", { _ in true }), ("interTiers", { legs.contains($0) }),
            ("scanTiers", { scanned.contains($0) }),
        ] as [(String, (String) -> Bool)] {
            let mine = tiers.filter { isIn($0.code) }
            guard !mine.isEmpty else { continue }
            xml.element(list) { xml in
                for tier in mine {
                    xml.element("tier") { xml in
                        xml.leaf("tn", String(tier.number))
                        xml.leafIfAny("sPe", tier.span?.first.spanText)
                        xml.leafIfAny("ePe", tier.span?.last.spanText)
                    }
                }
            }
        }
    }

    func writeScanRanges(_ margin: CombinedCommodityMargin, to xml: inout XMLText) {
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
}
