import ClearingModel
import InputRows
import Quantities

/// A SPAN file as the rows of the input tables and the risk arrays: element by element as docs/replication.md has it.
package struct SpanImport {
    let path: String
    private let organisation: SpanElement
    private(set) var rows: [InputTable: [TableRow]] = [:]
    var arrays: [PublishedRiskArray] = []
    /// By array, the combined commodity it belongs to.
    var arrayCommodities: [String] = []
    /// By combined commodity, the scenario set that its arrays name.
    var scenarioSets: [String: String] = [:]
    package let run: PublishedRun
    /// The clearing organisation's code and the date: what the file's parameters are called here.
    package let parameterSet: ParameterSetCode
    /// Contract months in which a combined commodity lists a series; set before its tiers are read.
    var listedMonths: [String: Set<ContractMonth>] = [:]
    /// By list, combined commodity and number, what a tier is called here.
    var tierCodes: [[String]: String] = [:]
    /// Combined commodities by the product family they link to.
    var commodities: [SpanFamilyKey: SpanFamilyLink] = [:]

    /// Reads a file.
    ///
    /// - Throws: `ReplicationError` with the line for whatever is not supported, malformed, missing or contradictory.
    package init(path: String) throws {
        let file = try SpanReader.read(path)
        let time = try file.one("pointInTime")
        self.path = path
        organisation = try time.one("clearingOrg")
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
        for exchange in organisation.all("exchange") { try readContracts(exchange) }
        let decimals = try evenOutArrays()
        for commodity in organisation.all("ccDef") {
            try readCommodity(commodity, organisation, arrayDecimals: decimals[commodity.text("cc")])
        }
        for spreads in organisation.all("interSpreads") {
            for spread in spreads.all("dSpread") { try readInterSpread(spread) }
        }
        try readAccountClasses(organisation)
        for conversion in organisation.all("curConv") {
            add(
                .fxRate, conversion,
                [
                    "from_currency": try conversion.code("fromCur"), "to_currency": try conversion.code("toCur"),
                    "rate": try conversion.decimal("factor"),
                ])
        }
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
            tables: Dictionary(uniqueKeysWithValues: rows.map { ($0.key.rawValue, $0.value) }))
    }

    /// The arrays, for a replica.
    package var arrayFile: PublishedArrayFile { PublishedArrayFile(path: path, run: run, arrays: arrays) }

    /// Adds a row of a table; a value that is nil is null.
    mutating func add(_ table: InputTable, _ element: SpanElement, _ cells: [String: String?]) {
        rows[table, default: []].append(
            TableRow(location: element.location, cells: cells.compactMapValues { $0 }))
    }

    private mutating func readDefinitions(_ definitions: SpanElement) throws {
        for currency in definitions.all("currencyDef") {
            add(
                .currency, currency,
                [
                    "currency": try currency.code("currency"),
                    "minor_unit_decimals": String(try currency.number("decimalPos")),
                ])
        }
    }

    /// Scenario sets by the number that arrays name; the set of number 1 is called R1.
    private mutating func readScenarios(_ organisation: SpanElement) throws {
        for definition in organisation.all("pointDef") {
            let set = "R\(try definition.number("r"))"
            for point in definition.all("scanPointDef") {
                let (move, by) = try Self.move(try point.one("priceScanDef"))
                let (volatility, unit) = try Self.move(try point.one("volScanDef"))
                guard unit == .one else { throw point.refusal("volScanDef has a denominator beside 1") }
                add(
                    .scenario, point,
                    [
                        "scenario_set": set, "scenario": String(try point.number("point")),
                        "price_move_numerator": move.description, "price_move_denominator": by.description,
                        "volatility_move": volatility.description, "weight": try point.decimal("weight"),
                        "pair": try point.oneOrNone("pairedPoint") == nil
                            ? nil : String(try point.number("pairedPoint")),
                    ])
            }
        }
    }

    /// mult · numerator, and the denominator; each is 1 where it is left out.
    private static func move(_ element: SpanElement) throws -> (ExactDecimal, ExactDecimal) {
        func value(_ name: String) throws -> ExactDecimal {
            try element.decimalOrNone(name).flatMap { ExactDecimal($0) } ?? .one
        }
        let product = try value("mult") * value("numerator")
        guard product.withoutTrailingZeros.scale <= 12 else {
            throw element.refusal("mult times numerator has more than 12 decimals")
        }
        return (product, try value("denominator"))
    }

    /// One class an account type, with the rate that every combined commodity gives it.
    private mutating func readAccountClasses(_ organisation: SpanElement) throws {
        let defaults = try organisation.oneOrNone("capAnov").map { _ in
            try organisation.choice("capAnov", of: ["0", "1"])
        }
        let commodities = organisation.all("ccDef")
        var cap: String?
        for commodity in commodities where try commodity.oneOrNone("capAnov") != nil {
            let flag = try commodity.choice("capAnov", of: ["0", "1"])
            if let cap, cap != flag { throw try commodity.one("capAnov").refusal("capAnov differs from another's") }
            cap = flag
        }
        for definition in organisation.all("pbRateDef") {
            let number = try definition.number("r")
            var ratio: String?
            for commodity in commodities {
                for rate in commodity.all("adjRate") where try rate.number("r") == number {
                    let value = try rate.decimal("val")
                    if let ratio, ExactDecimal(ratio) != ExactDecimal(value) {
                        throw rate.refusal("val of rate \(number) differs from another combined commodity's")
                    }
                    ratio = value
                }
            }
            add(
                .accountClass, definition,
                [
                    "account_class": try definition.code("acctType"), "initial_ratio": ratio ?? "1",
                    "net_option_value_is_capped": (cap ?? defaults) == "1" ? "true" : "false",
                ])
        }
    }
}
