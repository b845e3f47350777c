import ClearingModel
import InputRows
import Quantities

/// A SPAN file as the rows of the input tables and the risk arrays: element by element as docs/replication.md has it.
package struct SpanImport {
    package let path: String
    let organisation: SpanElement
    /// How far on arrays are valued, where the file does not say it: years.
    let givenLookAhead: ExactDecimal?
    private(set) var rows: [InputTable: [TableRow]] = [:]
    /// Rows of the market's tables, by their names in the database.
    private(set) var marketRows: [String: [TableRow]] = [:]
    var arrays: [PublishedRiskArray] = []
    /// By array, the combined commodity it belongs to.
    var arrayCommodities: [String] = []
    /// By combined commodity, the scenario set that its arrays name.
    var scenarioSets: [String: String] = [:]
    /// By scenario set, how many scenarios it has.
    var scenarioCounts: [String: Int] = [:]
    package let run: PublishedRun
    /// The clearing organisation's code and the date: what the file's parameters are called here.
    package let parameterSet: ParameterSetCode
    /// Contract months in which a combined commodity lists a series; set before its tiers are read.
    var listedMonths: [String: Set<ContractMonth>] = [:]
    /// By list, combined commodity and number, what a tier is called here.
    var tierCodes: [[String]: String] = [:]
    /// Combined commodities by the product family they link to.
    var commodities: [SpanFamilyKey: SpanFamilyLink] = [:]
    /// What contracts of a combined commodity say of how far its prices and volatilities are moved.
    var ranges: [String: SpanRanges] = [:]
    /// Spots and futures that options are on, by exchange, family and contract.
    var underlyings: [[String]: String] = [:]
    /// Series and spots by what they are called here.
    var codes: Set<String> = []
    /// Combined commodities a price of which stands at or below zero.
    var belowZero: Set<String> = []
    /// Why the house's and the market's rows cannot be written; nil where the file says all of them.
    package var notWhole: String?
    /// Whether a look-ahead is missing that the file does not say and nobody gave.
    package private(set) var lacksLookAhead = false

    /// Reads a file. `lookAheadYears` is how far on its arrays are valued, where the file does not say it.
    ///
    /// - Throws: `ReplicationError` with the line for whatever is not supported, malformed, missing or contradictory.
    package init(path: String, lookAheadYears: ExactDecimal? = nil) throws {
        let file = try SpanReader.read(path)
        let time = try file.one("pointInTime")
        self.path = path
        givenLookAhead = lookAheadYears
        organisation = try time.one("clearingOrg")
        try organisation.requireKnownValues()
        let date = try time.date("date")
        let isSettlement = try time.choice("isSetl", of: ["0", "1"]) == "1"
        run = PublishedRun(businessDate: date, cycle: isSettlement ? "EOD" : "ITD", runNumber: nil)
        parameterSet = ParameterSetCode("\(try organisation.code("ec"))-\(date)")
        guard isPlainCode(parameterSet.text) else {
            throw try organisation.one("ec").refusal("ec is too long for a parameter set's name")
        }
        try readDefinitions(try file.one("definitions"))
        try readScenarios(organisation)
        try readLinks(organisation)
        for exchange in organisation.all("exchange") { try readUnderlyings(exchange) }
        for exchange in organisation.all("exchange") { try readContracts(exchange) }
        let decimals = try evenOutArrays()
        for commodity in organisation.all("ccDef") {
            try readCommodity(commodity, decimals: decimals[commodity.text("cc")])
        }
        for spreads in organisation.all("interSpreads") {
            for spread in spreads.all("dSpread") { try readInterSpread(spread) }
        }
        try readAccountClasses(organisation)
        try readConversions(organisation)
        add(
            .parameterSet, organisation,
            [
                "effective_from": date.description, "author": "margin span import", "reason": "a SPAN file of \(date)",
                "rounding_table": "methodology-1.4",
            ])
    }

    /// The parameters, for a replica.
    package var parameters: PublishedParameters {
        PublishedParameters(
            path: path, run: run, parameterSet: parameterSet,
            tables: Dictionary(uniqueKeysWithValues: rows.map { ($0.key.rawValue, $0.value) })
                .merging(marketRows) { first, _ in first })
    }

    /// The arrays, for a replica.
    package var arrayFile: PublishedArrayFile { PublishedArrayFile(path: path, run: run, arrays: arrays) }

    /// Adds a row of a table; a value that is nil is null.
    mutating func add(_ table: InputTable, _ element: SpanElement, _ cells: [String: String?]) {
        rows[table, default: []].append(
            TableRow(location: element.location, cells: cells.compactMapValues { $0 }))
    }

    /// Adds a row of a table of the market's; intraday levels stand in tables of their own.
    mutating func addMarket(_ table: String, _ element: SpanElement, _ cells: [String: String]) {
        let isIntraday = run.cycle == "ITD" && ["underlying_price", "volatility"].contains(table)
        let name = isIntraday ? "intraday_" + table : table
        let date = ["business_date": run.businessDate.description]
        marketRows[name, default: []].append(
            TableRow(location: element.location, cells: cells.merging(date) { first, _ in first }))
    }

    /// How far on a combined commodity's arrays are valued, in days of its count: its own, the organisation's, or what
    /// was given.
    mutating func lookAhead(of definition: SpanElement) throws -> (days: String, dayCount: String) {
        for element in [definition, organisation] {
            let unit = try element.oneOrNone("daysPerYear").map { _ in
                try element.choice("daysPerYear", of: ["365", "252"])
            }
            let dayCount = unit == "252" ? "business/252" : "act/365"
            if try element.oneOrNone("lookAheadYears") != nil {
                guard let years = ExactDecimal(try element.decimal("lookAheadYears")), years >= .zero else {
                    throw try element.one("lookAheadYears").refusal("lookAheadYears is below 0")
                }
                guard unit == nil else {
                    throw try element.one("daysPerYear").refusal("daysPerYear beside lookAheadYears is not supported")
                }
                return (try Self.days(years, element), "act/365")
            }
            if let days = try element.decimalOrNone("lookAheadDays") { return (days, dayCount) }
        }
        if let givenLookAhead { return (try Self.days(givenLookAhead, definition), "act/365") }
        lacksLookAhead = true
        return ("1", "act/365")
    }

    private static func days(_ years: ExactDecimal, _ element: SpanElement) throws -> String {
        let days = (years.withoutTrailingZeros * ExactDecimal(365)).withoutTrailingZeros
        guard ExactDecimal(days.description) == days else {
            throw element.refusal("the look-ahead of \(years) years has more than 12 decimals in days")
        }
        return days.description
    }
}
