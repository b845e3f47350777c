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

    /// - Throws: `ReplicationError` for rows that are malformed, and for arrays of another run than the parameters.
    package init(_ published: PublishedParameters, _ arrayFile: PublishedArrayFile, organisation: String) throws {
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
        let kept = Set(expressible.commodities.map(\.code))
        let used = Set(
            expressible.parameters.combinedCommodities.filter { kept.contains($0.combinedCommodity) }.map(\.scenarioSet)
        )
        scenarioSets = expressible.parameters.scenarioSets.filter { used.contains($0.code) }
            .sorted { $0.code < $1.code }
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
        for currency in expressible.house.currencies.sorted(by: { $0.code < $1.code }) {
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
            }
        }
        xml.element("exchange") { xml in
            xml.leaf("exch", organisation)
            for commodity in expressible.commodities {
                for (index, contract) in contracts(of: commodity.code) {
                    write(contract, number: index + 1, of: commodity, to: &xml)
                }
            }
        }
        for commodity in expressible.commodities { write(commodity, to: &xml) }
        writeInterSpreads(&xml)
    }

    private func write(_ scenario: ScenarioDefinition, to xml: inout XMLText) {
        xml.element("scanPointDef") { xml in
            xml.leaf("point", String(scenario.number))
            xml.element("priceScanDef") { xml in
                xml.leaf("mult", "1")
                xml.leaf("numerator", scenario.priceMoveNumerator.description)
                xml.leaf("denominator", scenario.priceMoveDenominator.description)
            }
            xml.element("volScanDef") { xml in
                xml.leaf("mult", "1")
                xml.leaf("numerator", scenario.volatilityMove.description)
                xml.leaf("denominator", "1")
            }
            xml.leaf("weight", scenario.weight.description)
            xml.leafIfAny("pairedPoint", scenario.pair.map { String($0) })
        }
    }

    /// The contracts of a combined commodity with their places in the house's list, by code.
    func contracts(of commodity: CombinedCommodityCode) -> [(index: Int, contract: Contract)] {
        expressible.house.contracts.sorted { $0.code < $1.code }.enumerated()
            .filter { $0.element.combinedCommodity == commodity }.map { ($0.offset, $0.element) }
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
