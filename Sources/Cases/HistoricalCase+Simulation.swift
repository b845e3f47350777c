import ClearingModel
import Margining
import Quantities
import RiskArrays
import Runtime
import Scenarios
import Simulation
import TextFiles

extension HistoricalCase {
    private func decimals(_ values: JSONValue, of name: String) throws -> [ExactDecimal] {
        try values.list.map { value in
            guard let decimal = value.text.flatMap({ ExactDecimal($0) }) else {
                throw Failure(.inputRejected, "\(name) has an entry that is no exact number")
            }
            return decimal
        }
    }

    private func weights(count: Int) throws -> [ExactDecimal]? {
        guard let values = input["weights"] else { return nil }
        let weights = try decimals(values, of: "weights")
        guard weights.count == count, weights.allSatisfy({ $0 >= .zero }), weights.contains(where: { $0 > .zero })
        else { throw Failure(.inputRejected, "\(weights.count) weights for \(count) scenarios, or none above 0") }
        return weights
    }

    /// Loss vectors by position, which add up to the portfolio's.
    func bare() throws -> Simulated {
        let vectors = try (input["losses"]?.members ?? [:]).sorted { $0.key < $1.key }.map { key, values in
            (key, try decimals(values, of: "losses of \(key)"))
        }
        guard let count = vectors.first?.1.count, count > 0, vectors.allSatisfy({ $0.1.count == count }) else {
            throw Failure(.inputRejected, "the loss vectors are empty or of different lengths")
        }
        let scale = vectors.flatMap(\.1).map(\.scale).max() ?? 0
        let units = vectors.map { $0.1.map { $0.minorUnits(decimals: scale) } }
        let losses = (0..<count).map { scenario in units.reduce(0) { $0 + $1[scenario] } }
        return Simulated(
            portfolio: SimulatedPortfolio(
                losses: losses, decimals: scale, positions: units.map { (1, $0[...]) },
                weights: try weights(count: count)),
            keys: vectors.map(\.0))
    }

    /// Positions revalued over factor histories.
    func revalued(_ book: SimulationBook?) throws -> Simulated {
        guard let book else { throw Failure(.inputRejected, "historical has neither losses nor contracts") }
        let scenarios = try self.scenarios()
        let factors = try input.list("factors").map { try $0.required("id") }
        var simulated: [(key: String, quantity: Int64, losses: [Int64], stressed: [Int64], decimals: Int)] = []
        for (key, value) in (input["positions"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let text = value.text, let quantity = Int64(text) else {
                throw Failure(.inputRejected, "position \(key) is no whole number")
            }
            let mapping = try factorPlaces(of: key, among: factors)
            let series = try book.series(SeriesCode(key))
            func moves(_ of: [[Double]]) -> InstrumentMoves {
                InstrumentMoves(
                    price: .init(returnKind: mapping.price.kind, moves: of[mapping.price.index]),
                    volatility: mapping.volatility.map { .init(returnKind: $0.kind, moves: of[$0.index]) })
            }
            simulated.append(
                (
                    key, quantity, series.losses(moves(scenarios.moves)),
                    scenarios.stressedDates.isEmpty ? [] : series.losses(moves(scenarios.stressedMoves)),
                    series.decimals
                ))
        }
        let decimals = simulated.map(\.decimals).max() ?? currency.decimals
        func sum(_ vector: (Int) -> [Int64], count: Int) -> [Int64] {
            var total = [Int64](repeating: 0, count: count)
            for index in simulated.indices {
                for (scenario, loss) in vector(index).enumerated() {
                    total[scenario] += simulated[index].quantity * loss
                }
            }
            return total
        }
        for index in simulated.indices {
            let factor = Int64(PowersOfTen.int128(decimals - simulated[index].decimals))
            simulated[index].losses = simulated[index].losses.map { $0 * factor }
            simulated[index].stressed = simulated[index].stressed.map { $0 * factor }
        }
        let losses = sum({ simulated[$0].losses }, count: scenarios.count)
        return Simulated(
            portfolio: SimulatedPortfolio(
                losses: losses, stressedLosses: sum({ simulated[$0].stressed }, count: scenarios.stressedDates.count),
                decimals: decimals, positions: simulated.map { ($0.quantity, $0.losses[...]) },
                weights: try weights(count: losses.count)),
            keys: simulated.map(\.key),
            volatilitiesNow: scenarios.volatilitiesNow.map { Array(zip(factors, $0)) },
            isStressed: input["stressed"] != nil)
    }

    private typealias FactorRow = (index: Int, kind: ReturnKind)

    private func factorPlaces(
        of key: String, among factors: [String]
    ) throws -> (price: FactorRow, volatility: FactorRow?) {
        guard let row = input["instruments"]?[key] else {
            throw Failure(.inputRejected, "position \(key) has no risk factor in instruments")
        }
        func index(_ code: String) throws -> FactorRow {
            guard let index = factors.firstIndex(of: code) else {
                throw Failure(.inputRejected, "instrument \(key) names the unknown risk factor \(code)")
            }
            return (index, try returnKind(input.list("factors")[index]))
        }
        return (try index(row.required("price_factor")), try row.optional("volatility_factor").map(index))
    }

    private func returnKind(_ factor: JSONValue) throws -> ReturnKind {
        let name = factor.optional("return_kind") ?? ReturnKind.log.rawValue
        guard let kind = ReturnKind(rawValue: name) else {
            throw Failure(.inputRejected, "return_kind \(name) is unknown", hint: "log or absolute")
        }
        return kind
    }

    private func scenarios() throws -> HistoricalScenarios {
        let dates = try input.list("dates").map { value in
            guard let date = value.text.flatMap({ BusinessDate($0) }) else {
                throw Failure(.inputRejected, "dates has an entry that is no date")
            }
            return date
        }
        let factors = try input.list("factors").map { row in
            RiskFactorHistory(
                riskFactor: RiskFactorCode(try row.required("id")), returnKind: try returnKind(row),
                levels: try decimals(row["levels"] ?? .null, of: "levels of \(try row.required("id"))"),
                filter: try filter(row))
        }
        let days = Int(try input["mpor_days"] == nil ? 1 : input.units("mpor_days"))
        let lookBack = try input["look_back_days"].map { _ in Int(try input.units("look_back_days")) }
        guard days > 0, lookBack ?? 1 > 0 else { throw Failure(.inputRejected, "mpor_days \(days) is not above 0") }
        let windows = try self.windows()
        do throws(HistoryError) {
            return try HistoricalScenarios(
                dates: dates, factors: factors, mporDays: days, isFiltered: input.flag("filtered"),
                lookBackDays: lookBack, stressedWindows: windows)
        } catch {
            throw Failure(.inputRejected, "\(error)")
        }
    }

    /// The filter of a factor: its own figures, else those of the whole history.
    private func filter(_ factor: JSONValue) throws -> VolatilityFilter {
        func figure(_ key: String, _ usual: ExactDecimal) throws -> ExactDecimal {
            if factor[key] != nil { return try factor.decimal(key) }
            return input[key] == nil ? usual : try input.decimal(key)
        }
        let clamp = try decimals(factor["clamp"] ?? input["clamp"] ?? .array([.text("1"), .text("1")]), of: "clamp")
        let seed = try figure("seed_days", ExactDecimal(60))
        let lambda = try figure("lambda", ExactDecimal(mantissa: 97, scale: 2))
        let floor = try figure("volatility_floor", .zero)
        if input.flag("filtered"), factor["clamp"] == nil, input["clamp"] == nil {
            throw Failure(.inputRejected, "a filtered history needs its clamp")
        }
        guard clamp.count == 2, clamp[0] > .zero, clamp[0] <= clamp[1], lambda > .zero, lambda < .one, floor >= .zero,
            seed > .zero, let days = Int("\(seed)")
        else {
            throw Failure(.inputRejected, "the filter of \(try factor.required("id")) has a figure out of range")
        }
        return VolatilityFilter(
            seedDays: days, lambda: lambda.double, volatilityFloor: floor.double, lowerClamp: clamp[0].double,
            upperClamp: clamp[1].double)
    }

    /// The stressed windows with their weight: one, a list, or one weight over several windows.
    var stressedRows: [JSONValue] {
        guard let stressed = input["stressed"] else { return [] }
        return stressed.list.isEmpty ? [stressed] : stressed.list
    }

    private func windows() throws -> [StressedWindow] {
        try stressedRows.flatMap { $0["windows"] == nil ? [$0] : $0.list("windows") }.map { row in
            guard let from = BusinessDate(try row.required("from")), let to = BusinessDate(try row.required("to"))
            else {
                throw Failure(.inputRejected, "stressed has a bound that is no date")
            }
            return StressedWindow(from: from, to: to)
        }
    }
}
