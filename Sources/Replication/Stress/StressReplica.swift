import ClearingModel
import InputRows
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Stress

/// A member's stress computed again from files: what its accounts would cost in each scenario and what it is short of,
/// with the night's kernel (docs/methodology.md §8.2 to §8.4).
package struct StressReplica: Sendable {
    package let run: PublishedRun
    package let parameterSet: ParameterSetCode
    package let stressSet: String
    /// In the order of their numbers, from 1.
    package let scenarios: [StressScenarioCode]
    package let book: StressBook
    package let stress: StatedStress
}

/// The files of a member's stress that say nothing of scenarios.
package struct StressReplicaFiles: Sendable {
    let parameters: PublishedParameters
    let arrays: PublishedArrayFile
    let positions: PositionFile
    let accounts: AccountFile
    let covers: CoverFile

    package init(
        parameters: PublishedParameters, arrays: PublishedArrayFile, positions: PositionFile, accounts: AccountFile,
        covers: CoverFile
    ) {
        self.parameters = parameters
        self.arrays = arrays
        self.positions = positions
        self.accounts = accounts
        self.covers = covers
    }
}

extension StressReplica {
    /// Under the house's own set, from its published losses.
    /// - Throws: `ReplicationError`; `StressRefusal`.
    package static func published(
        _ files: StressReplicaFiles, _ losses: PublishedStressFile, threads: Int
    ) async throws -> StressReplica {
        try files.parameters.run.require(losses.run, path: losses.path)
        let inputs = try StressReplicaInputs(files)
        guard let set = inputs.parameters.stress, !set.scenarios.isEmpty else {
            throw ReplicationError.missing(
                "\(files.parameters.path): the run was not stressed: no row of stress_set or stress_scenario",
                hint: "stress the book in scenarios of your own: --stress-set FOLDER")
        }
        let arrays = try losses.rows.map { try inputs.published($0, scenarioCount: set.scenarios.count) }
        let positions = try inputs.positions(in: arrays.map(\.series), of: losses.path)
        let (book, values) = try StressBook.published(
            arrays, scenarioCount: set.scenarios.count, house: inputs.house, base: inputs.base, rates: inputs.rates,
            positions: positions)
        let stress = try await StatedStress.compute(
            book, values, covers: try inputs.covers(of: book),
            houseSurplusCoversClients: set.houseSurplusCoversClients, rates: inputs.rates, threads: threads)
        return StressReplica(
            run: files.parameters.run, parameterSet: inputs.parameters.code, stressSet: set.code.text,
            scenarios: set.scenarios.map(\.code), book: book, stress: stress)
    }

    /// Under a set of one's own, every series valued in full by the prices of the same folder.
    /// - Throws: `ReplicationError`; `StressRefusal`.
    package static func stated(
        _ files: StressReplicaFiles, folder: String, threads: Int
    ) async throws -> StressReplica {
        let inputs = try StressReplicaInputs(files)
        let set = try StressSetFolder(path: folder, files.parameters).set
        let market = try MarketFolder(path: folder, of: files.parameters.run).snapshot(
            of: inputs.house.series, inputs.parameters)
        do {
            let priced = try PricedSeries(inputs, market, folder)
            let positions = try inputs.positions(in: priced.arrays.map(\.series), of: "\(folder)/settlement_price.csv")
            let book = try StressBook(
                house: inputs.house, market: market, parameters: inputs.parameters, horizonDays: set.horizonDays,
                base: inputs.base, rates: inputs.rates, positions: positions, published: priced.arrays)
            let stress = try await StatedStress.compute(
                book, set, covers: try inputs.covers(of: book), rates: inputs.rates, threads: threads)
            return StressReplica(
                run: files.parameters.run, parameterSet: inputs.parameters.code, stressSet: set.code.text,
                scenarios: set.scenarios.map(\.code), book: book, stress: stress)
        } catch let error as ValuationBookError {
            throw ReplicationError.missing(
                "\(folder): \(error)", hint: "add the row to the file of its input table there")
        }
    }
}

/// The series that the files of a folder value, with the volatilities that the night has found for them.
private struct PricedSeries {
    let arrays: [PublishedRiskArray]

    /// - Throws: `ReplicationError` where a volatility is not the published one; `ValuationBookError`.
    init(_ inputs: StressReplicaInputs, _ market: MarketSnapshot, _ folder: String) throws {
        let book = try ValuationBook(house: inputs.house, market: market, parameters: inputs.parameters)
        let volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        let published = Dictionary(
            inputs.files.arrays.arrays.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
        var arrays: [PublishedRiskArray] = []
        for (valuation, volatility) in zip(book.valuations, volatilities) {
            let series = inputs.house.series[valuation.series].code
            guard let array = published[series] else { continue }
            try Self.compare(volatility, inputs.files.arrays.volatilities[series], of: series, inputs, folder)
            arrays.append(
                PublishedRiskArray(
                    series: series, arrayDecimals: array.arrayDecimals, values: array.values,
                    compositeDelta: array.compositeDelta, priceScanRange: array.priceScanRange,
                    volatility: volatility?.volatility, volatilityRule: volatility?.rule))
        }
        self.arrays = arrays
    }

    /// A published volatility has 12 decimals, and 15 digits.
    private static func compare(
        _ found: SeriesVolatility?, _ published: ExactDecimal?, of series: SeriesCode, _ inputs: StressReplicaInputs,
        _ folder: String
    ) throws {
        guard let found = found?.volatility, let published = published?.double else { return }
        guard abs(found - published) <= 1e-12 + 1e-14 * published else {
            throw ReplicationError.rejected(
                "\(folder): the volatility of \(series) comes to \(found), "
                    + "\(inputs.files.arrays.path) has \(published)",
                hint: "the folder has other prices or rates than the run, or lacks a neighbour's")
        }
    }
}
