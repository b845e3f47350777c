import ClearingModel
import MarketModel
import Postgres
import Quantities
import RiskArrays
import Scenarios
import Storage

/// The series of a date, ready to be revalued in scenarios that no published array has (docs/methodology.md §7).
package struct SimulationBook: Sendable {
    private let book: ValuationBook
    /// Parallel to the book's valuations; nil for futures.
    private let volatilities: [SeriesVolatility?]
    private let places: [SeriesCode: Int]

    /// One series with everything that its revaluation needs.
    package struct SimulatedSeries: Sendable {
        let valuation: SeriesValuation
        let volatility: SeriesVolatility?
        let terms: ArrayTerms

        /// Decimals of a loss: those of a published array value.
        package var decimals: Int { terms.arrayDecimals }

        /// What one long unit loses in each scenario, in time order.
        package func losses(_ moves: InstrumentMoves) -> [Int64] {
            RiskArrayKernel.simulatedLosses(of: valuation, volatility: volatility, terms: terms, moves: moves)
        }
    }

    /// `volatilities` are those published with the arrays.
    init(
        house: ClearingHouse, market: MarketSnapshot, parameters: MarginParameters,
        volatilities: [SeriesCode: SeriesVolatility]
    ) throws {
        book = try ValuationBook(house: house, market: market, parameters: parameters)
        self.volatilities = book.valuations.map { volatilities[house.series[$0.series].code] }
        places = Self.places(of: book, house)
    }

    /// The book of a date with volatilities solved again, for portfolios outside a night.
    package static func load(
        pinnedAt pin: Int64, _ businessDate: BusinessDate, parameterSet: ParameterSetCode, from connection: Connection
    ) throws -> SimulationBook {
        let house = try ClearingHouse.load(pinnedAt: pin, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: pin, businessDate: businessDate, cycle: Cycle.endOfDay.rawValue, series: house.series,
            from: connection)
        let parameters = try MarginParameters.load(
            PinnedParameterSet(parameterSet, pin: pin, businessDate), from: connection)
        return SimulationBook(
            solving: try ValuationBook(house: house, market: market, parameters: parameters), house)
    }

    private init(solving book: ValuationBook, _ house: ClearingHouse) {
        self.book = book
        volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        places = Self.places(of: book, house)
    }

    private static func places(of book: ValuationBook, _ house: ClearingHouse) -> [SeriesCode: Int] {
        Dictionary(
            book.valuations.enumerated().map { (house.series[$1.series].code, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: `Failure` 65 for a series that has no price or no parameters.
    package func series(_ code: SeriesCode) throws -> SimulatedSeries {
        guard let place = places[code] else {
            throw Failure(.inputRejected, "series \(code) cannot be revalued: it has no price or no parameters")
        }
        let valuation = book.valuations[place]
        return SimulatedSeries(
            valuation: valuation, volatility: volatilities[place], terms: book.terms[valuation.terms])
    }
}
