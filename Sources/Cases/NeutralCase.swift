import Attribution
import ClearingModel
import EndOfDay
import MarketModel
import Parameters
import Quantities
import Runtime
import Scenarios
import Simulation
import Storage
import TextFiles

/// A case in the neutral JSON format: one small house and every figure it must come to.
struct NeutralCase {
    let name: String
    private let file: JSONValue

    /// Reads a file; the file's name without its ending names the case.
    /// - Throws: `Failure` 65 for an unknown key.
    init(path: String, name: String) throws {
        self.name = name
        file = try JSONValue.file(path)
        try CaseShape.file.check(file, at: "")
        guard file["input"] != nil, file["expected"] != nil else {
            throw Failure(.inputRejected, "\(path) lacks its input or its expected figures")
        }
    }

    private var input: JSONValue { file["input"] ?? .object([:]) }

    /// Features the night does not have; a case that needs one is never passed.
    var unsupportedFeatures: [String] { Cases.unsupportedFeatures(of: input) }

    /// Loads the case, runs the night and compares every figure, or what is refused with what the case says.
    func outcome(_ database: Database) async throws -> CaseOutcome {
        if let calibration = input["calibration"] {
            return try CalibrationCase(calibration).outcome(expected: file["expected"] ?? .null)
        }
        if let attribution = input["attribution"] {
            return try await attributed(AttributionCase(attribution), database)
        }
        guard let refused = file["expected"]?["refused"] else { return try await computed(database) }
        let wanted = "\(try refused.required("rule")): \(try refused.required("item"))"
        do {
            let outcome = try await computed(database)
            // What validation lists is compared there.
            if input["validation"] != nil { return outcome }
            return .differs(["nothing is refused, the case expects \(wanted)"])
        } catch {
            let failure = Failure(error)
            guard failure.exitCode == .inputRejected else { throw failure }
            return failure.message.contains("\(wanted): ")
                ? .agrees : .differs(["refused is \(failure.message), the case expects \(wanted)"])
        }
    }

    private func computed(_ database: Database) async throws -> CaseOutcome {
        guard input["validation"] != nil else { return try await night(database) }
        let validation = try ValidationCase(input)
        var found = try validation.document()
        if let portfolios = try validation.hypotheticalHouse() {
            let rows = try await margined(portfolios.input, database)
            let hypothetical = try validation.hypothetical(portfolios, rows: rows)
            found["hypothetical"] = hypothetical.document
            found["refused"] = .array((found["refused"]?.list ?? []) + hypothetical.refused)
        }
        let expected = file["expected"] ?? .null
        let differences = ValidationComparison.differences(
            expected: expected["refused"].map { .object(["refused": $0]) } ?? expected["validation"] ?? .null,
            found: expected["refused"] == nil ? .object(found) : .object(["refused": found["refused"] ?? .null]))
        return differences.isEmpty ? .agrees : .differs(differences)
    }

    /// The changes from one house's night to the other's; both nights are run, one after the other.
    private func attributed(_ attribution: AttributionCase, _ database: Database) async throws -> CaseOutcome {
        let before = try await inputs(attribution.yesterday, database)
        try CaseStore(database).empty()
        let after = try await inputs(attribution.today, database)
        let expected = file["expected"] ?? .null
        let differences = CaseComparison.differences(
            expected: expected, found: try await attribution.document(before, after, expected: expected))
        return differences.isEmpty ? .agrees : .differs(differences)
    }

    /// What a house's published run was computed from.
    private func inputs(_ tables: CaseImport, _ database: Database) async throws -> NightInputs {
        try load(tables, into: database)
        try await CaseRun(database: database, businessDate: tables.businessDate).run()
        let context = try RunContext.find(tables.businessDate, cycle: .endOfDay, number: nil, from: database)
        return try NightInputs.load(context.pinned, from: database)
    }

    /// The rows of a night of a house that is not all of the case.
    private func margined(_ input: JSONValue, _ database: Database) async throws -> ResultRows {
        let tables = try CaseImport(input)
        try load(tables, into: database)
        try await CaseRun(database: database, businessDate: tables.businessDate).run()
        return try ResultRows(from: database, businessDate: tables.businessDate)
    }

    private func night(_ database: Database) async throws -> CaseOutcome {
        let tables = try CaseImport(input)
        try load(tables, into: database)
        var found: [String: JSONValue] = [:]
        if input.flag("scan", default: true) {
            try await CaseRun(database: database, businessDate: tables.businessDate).run()
            let rows = try ResultRows(from: database, businessDate: tables.businessDate)
            found = CaseFigures(input: input, rows: rows).document().members
            if input["stress"] != nil {
                found = StressFigures(input: input, rows: rows).document(
                    accounts: found["accounts"] ?? .null,
                    secondRound: try await secondRound(database, tables.businessDate))
            }
        }
        if input["historical"] != nil { found["historical"] = try historical(database, tables.businessDate) }
        let differences = CaseComparison.differences(expected: file["expected"] ?? .null, found: .object(found))
        return differences.isEmpty ? .agrees : .differs(differences)
    }

    private func load(_ tables: CaseImport, into database: Database) throws {
        let loader = InputLoader(database)
        try loader.togetherHoldingParameterRules(isWhole: true) {
            for file in try tables.tables.files(source: "case \(name)") {
                do {
                    _ = try loader.load(file)
                } catch let refusal as LoadRefusal {
                    let failure = Failure(refusal)
                    throw Failure(failure.exitCode, "\(file.table): \(failure.message)")
                }
            }
        }
    }

    /// The rounds after the default that the case names; nil where the night's own are meant.
    private func secondRound(_ database: Database, _ businessDate: BusinessDate) async throws -> FollowedDefault? {
        guard let named = input["stress"]?["second_round"],
            named["scenario"] != nil || named["defaulters"] != nil
        else { return nil }
        let context = try RunContext.find(businessDate, cycle: .endOfDay, number: nil, from: database)
        return try await FollowedDefault.follow(
            context, scenario: named.optional("scenario").flatMap { Int($0) },
            groups: named["defaulters"] == nil
                ? nil : named.list("defaulters").compactMap(\.text).map { CompanyGroupCode($0) },
            threads: 1, database)
    }

    /// The portfolio simulated over histories, its contracts as the night would value them.
    private func historical(_ database: Database, _ businessDate: BusinessDate) throws -> JSONValue {
        let code = try input.required("call_currency")
        guard let currency = CurrencyCode(code), let row = input["currencies"]?[code],
            let decimals = Int(try row.required("minor_unit_decimals")), (0...8).contains(decimals)
        else { throw Failure(.inputRejected, "call_currency \(code) is none of the currencies") }
        let book =
            input.list("contracts").isEmpty
            ? nil
            : try simulationBook(
                pinnedAt: database.atomically { try RunLedger(database).lastLoad() }, businessDate, database)
        return try HistoricalCase(input, currency: Currency(code: currency, decimals: decimals)).document(
            book: book, wanted: file["expected"]?["historical"] ?? .null)
    }

    /// The case's contracts with volatilities solved from its prices.
    private func simulationBook(
        pinnedAt pin: Int64, _ businessDate: BusinessDate, _ database: Database
    ) throws -> SimulationBook {
        let house = try ClearingHouse.load(pinnedAt: pin, from: database)
        let market = try MarketSnapshot.load(
            pinnedAt: pin, businessDate: businessDate, cycle: .endOfDay, series: house.series, from: database)
        let parameters = try ParameterSet.load(
            PinnedParameterSet(ParameterSetCode(CaseImport.parameterSet), pin: pin, businessDate), from: database)
        return try SimulationBook(solving: house, market, parameters)
    }
}
