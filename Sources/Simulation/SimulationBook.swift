import ClearingModel
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios

/// The series of a date, ready to be revalued in scenarios that no published array has (docs/methodology.md §7).
package struct SimulationBook: Sendable {
    private let valuations: [SeriesValuation]
    private let terms: [ArrayTerms]
    /// Parallel to the valuations; nil for futures.
    private let volatilities: [SeriesVolatility?]
    private let indices: [SeriesCode: Int]

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
    package init(
        house: ClearingHouse, market: MarketSnapshot, parameters: ParameterSet,
        volatilities: [SeriesCode: SeriesVolatility]
    ) throws {
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        (valuations, terms) = (book.valuations, book.terms)
        self.volatilities = book.valuations.map { volatilities[house.series[$0.series].code] }
        indices = Self.indices(of: book.valuations, house.series.map(\.code))
    }

    /// Series that are valued already, parallel to their volatilities and their codes; nil for one without a value.
    package init(
        valuations all: [SeriesValuation?], volatilities published: [SeriesVolatility?], terms: [ArrayTerms],
        series: [SeriesCode]
    ) {
        valuations = all.compactMap(\.self)
        volatilities = valuations.map { published[$0.series] }
        self.terms = terms
        indices = Self.indices(of: valuations, series)
    }

    /// The book with volatilities solved anew, for portfolios without published arrays.
    package init(solving house: ClearingHouse, _ market: MarketSnapshot, _ parameters: ParameterSet) throws {
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        (valuations, terms) = (book.valuations, book.terms)
        volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        indices = Self.indices(of: book.valuations, house.series.map(\.code))
    }

    private static func indices(of valuations: [SeriesValuation], _ series: [SeriesCode]) -> [SeriesCode: Int] {
        Dictionary(
            valuations.enumerated().map { (series[$1.series], $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: `SimulationError` for a series that has no price or no parameters.
    package func series(_ code: SeriesCode) throws(SimulationError) -> SimulatedSeries {
        guard let index = indices[code] else {
            throw .unvalued(code)
        }
        let valuation = valuations[index]
        return SimulatedSeries(valuation: valuation, volatility: volatilities[index], terms: terms[valuation.terms])
    }
}
