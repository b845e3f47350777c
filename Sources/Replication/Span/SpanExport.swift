import ClearingModel
import Parameters
import Quantities
import Scenarios
import TextFiles

/// A run's published parameters and arrays as a SPAN file.
package struct SpanExport {
    let run: PublishedRun
    let expressible: SpanExpressible
    let arrays: [SeriesCode: PublishedRiskArray]
    let prices: [SeriesCode: ExactDecimal]
    /// What the file calls the clearing organisation and its exchange.
    let organisation: String
    /// The scenario sets in use, in the order of their numbers, from 1.
    let scenarioSets: [ScenarioSet]
    /// What `pfId` and `cId` are.
    let families: [ContractCode: Int]
    let seriesNumbers: [SeriesCode: Int]
    /// A row with the look-ahead of the whole file; nil where every combined commodity says its own.
    let lookAhead: CombinedCommodityMargin?

    /// `futuresPrices` are settlement prices of futures, which the published files do not have.
    ///
    /// - Throws: `ReplicationError` for rows that are malformed, and for arrays of another run than the parameters.
    package init(
        _ published: PublishedParameters, _ arrayFile: PublishedArrayFile, organisation: String,
        futuresPrices: [SeriesCode: ExactDecimal] = [:]
    ) throws {
        try published.run.require(arrayFile.run, path: arrayFile.path)
        guard isPlainCode(organisation), organisation.utf8.count <= 24 else {
            throw ReplicationError.rejected(
                "the organisation “\(organisation)” is no code of up to 24 letters and digits")
        }
        run = published.run
        self.organisation = organisation
        expressible = try SpanExpressible(published, arrayFile)
        arrays = Dictionary(arrayFile.arrays.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
        prices = try published.settlementPrices().merging(arrayFile.settlementPrices) { $1 }
            .merging(futuresPrices) { first, _ in first }
        let kept = Set(expressible.commodities.map(\.code))
        let used = Set(
            expressible.parameters.combinedCommodities.filter { kept.contains($0.combinedCommodity) }.map(\.scenarioSet)
        )
        scenarioSets = expressible.parameters.scenarioSets.filter { used.contains($0.code) }
            .sorted { SpanExpressible.isNumberedBefore($0.code.text, $1.code.text) }
        let numbered = Self.numbered(expressible, arrays)
        families = numbered.families
        seriesNumbers = numbered.series
        lookAhead = Self.commonLookAhead(expressible)
    }

    /// Families and series that are in the file, numbered from 1 in the order of their codes.
    private static func numbered(
        _ expressible: SpanExpressible, _ arrays: [SeriesCode: PublishedRiskArray]
    ) -> (families: [ContractCode: Int], series: [SeriesCode: Int]) {
        let commodities = Set(expressible.commodities.map(\.code))
        let contracts = expressible.house.contracts.filter { commodities.contains($0.combinedCommodity) }.map(\.code)
        let held = Set(contracts)
        let series = expressible.house.series.filter { held.contains($0.contract) && arrays[$0.code] != nil }
        let written = Set(series.map(\.contract))
        func places<Code: Hashable & Comparable>(_ codes: [Code]) -> [Code: Int] {
            Dictionary(codes.sorted().enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        }
        return (places(contracts.filter { written.contains($0) }), places(series.map(\.code)))
    }

    /// A row with the look-ahead that every combined commodity of the file has; nil where they differ.
    private static func commonLookAhead(_ expressible: SpanExpressible) -> CombinedCommodityMargin? {
        let commodities = Set(expressible.commodities.map(\.code))
        let rows = expressible.parameters.combinedCommodities.filter { commodities.contains($0.combinedCommodity) }
        guard let first = rows.first,
            rows.allSatisfy({ $0.lookAheadDays == first.lookAheadDays && $0.dayCount == first.dayCount })
        else { return nil }
        return first
    }

    /// What the layout cannot say, each with its table, key and column; empty where it can say everything.
    package var leftOut: [String] { expressible.leftOut }

    /// The file, without what the layout cannot say.
    package func file() -> [UInt8] {
        var xml = XMLText()
        let date = String(run.businessDate.description.filter { $0 != "-" })
        xml.element("spanFile") { xml in
            xml.leaf("fileFormat", "4.00")
            xml.leaf("created", date)
            xml.element("definitions") { writeDefinitions(&$0) }
            xml.element("pointInTime") { xml in
                xml.leaf("date", date)
                xml.leaf("isSetl", run.cycle == "EOD" ? "1" : "0")
                xml.element("clearingOrg") { writeOrganisation(&$0) }
            }
        }
        return xml.bytes
    }

    private func writeDefinitions(_ xml: inout XMLText) {
        let used = Set(
            expressible.commodities.map(\.currency) + expressible.factors.flatMap { [$0.pair.from, $0.pair.to] })
        let currencies = expressible.house.currencies.filter { used.contains($0.code) }
        for currency in currencies.sorted(by: { $0.code < $1.code }) {
            xml.element("currencyDef") { xml in
                xml.leaf("currency", currency.code.description)
                xml.leaf("decimalPos", String(currency.decimals))
            }
        }
        for (index, row) in expressible.classes.enumerated() {
            xml.element("acctTypeDef") { xml in
                xml.leaf("acctType", row.accountClass.text)
                xml.leaf("priority", String(index + 1))
            }
        }
    }

    private func writeOrganisation(_ xml: inout XMLText) {
        xml.leaf("ec", organisation)
        if let lookAhead { writeLookAhead(lookAhead, to: &xml) }
        for (pair, factor) in expressible.factors {
            xml.element("curConv") { xml in
                xml.leaf("fromCur", pair.from.description)
                xml.leaf("toCur", pair.to.description)
                xml.leaf("factor", factor.description)
            }
        }
        for (index, row) in expressible.classes.enumerated() {
            xml.element("pbRateDef") { xml in
                xml.leaf("r", String(index + 1))
                xml.leaf("acctType", row.accountClass.text)
            }
        }
        for (index, set) in scenarioSets.enumerated() {
            xml.element("pointDef") { xml in
                xml.leaf("r", String(index + 1))
                for scenario in set.scenarios { write(scenario, to: &xml) }
                let weights = expressible.parameters.compositeDeltaWeights[set.code] ?? CompositeDeltaWeight.usual
                for (index, weight) in weights.enumerated() { write(weight, point: index + 1, to: &xml) }
            }
        }
        xml.element("exchange") { xml in
            xml.leaf("exch", organisation)
            for commodity in expressible.commodities {
                for (number, contract) in contracts(of: commodity.code) {
                    write(contract, number: number, of: commodity, to: &xml)
                }
            }
        }
        for commodity in expressible.commodities { write(commodity, to: &xml) }
        writeInterSpreads(&xml)
    }

    private func write(_ scenario: ScenarioDefinition, to xml: inout XMLText) {
        xml.element("scanPointDef") { xml in
            xml.leaf("point", String(scenario.number))
            writeMove(
                "priceScanDef", scenario.priceMoveNumerator, by: scenario.priceMoveDenominator, to: &xml)
            writeMove("volScanDef", scenario.volatilityMove, by: .one, to: &xml)
            xml.leaf("weight", scenario.weight.description)
            xml.leafIfAny("pairedPoint", scenario.pair.map { String($0) })
        }
    }

    private func write(_ weight: CompositeDeltaWeight, point: Int, to xml: inout XMLText) {
        xml.element("deltaPointDef") { xml in
            xml.leaf("point", String(point))
            writeMove("priceScanDef", weight.priceMoveNumerator, by: weight.priceMoveDenominator, to: &xml)
            writeMove("volScanDef", .zero, by: .one, to: &xml)
            xml.leaf("weight", weight.weight.description)
        }
    }

    /// `mult` is the whole multiplier and the fraction repeats it; one that is no decimal of twelve is rounded to
    /// twelve, which says that the fraction is meant.
    private func writeMove(
        _ name: String, _ numerator: ExactDecimal, by denominator: ExactDecimal, to xml: inout XMLText
    ) {
        let decimals = SpanImport.fractionDecimals
        let mult = numerator.divided(by: denominator, roundedToScale: decimals).withoutTrailingZeros
        let isExact = mult * denominator == numerator
        xml.element(name) { xml in
            xml.leaf("mult", mult.text(decimals: max(6, mult.scale)))
            xml.leaf("numerator", (isExact ? mult : numerator).description)
            xml.leaf("denominator", isExact ? "1" : denominator.description)
        }
    }

    /// The contracts of a combined commodity that have a series in the file, with their numbers, by code.
    func contracts(of commodity: CombinedCommodityCode) -> [(number: Int, contract: Contract)] {
        expressible.house.contracts.filter { $0.combinedCommodity == commodity }
            .compactMap { contract in families[contract.code].map { ($0, contract) } }.sorted { $0.0 < $1.0 }
    }

    /// The margin row of a combined commodity that is in the file, which has one.
    func margin(of commodity: CombinedCommodityCode) -> CombinedCommodityMargin? {
        expressible.parameters.combinedCommodities.first { $0.combinedCommodity == commodity }
    }

    /// The number of a scenario set.
    func number(of set: ScenarioSetCode) -> String {
        String((scenarioSets.firstIndex { $0.code == set } ?? 0) + 1)
    }
}
