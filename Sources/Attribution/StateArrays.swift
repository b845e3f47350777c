import ClearingModel
import ParallelWork
import Quantities
import RiskArrays

/// The risk arrays of a state, by the place of each series: published volatilities, nothing solved again.
struct StateArrays: Sendable {
    /// Nil for a series that the state does not list.
    let arrays: [PublishedRiskArray?]
    /// Parallel; what each was valued by.
    let valuations: [SeriesValuation?]
    let volatilities: [SeriesVolatility?]
    let terms: [ArrayTerms]
    /// The nights that each array's inputs are of.
    private let keys: [UInt8]

    /// Computes the arrays that the state before, or the one before that, does not have already.
    /// - Throws: `ValuationBookError` for inputs that no run would have had.
    static func compute(
        _ nights: CrossedNights, _ state: AttributionState, after previous: StateArrays?, threads: Int
    ) async throws -> StateArrays {
        let isListed = nights.isListed(state)
        let sources = isListed.indices.map { nights.source(ofSeries: $0, state) }
        let keys = sources.enumerated().map { nights.differences[$0].key($1, state) }
        var valuations = [SeriesValuation?](repeating: nil, count: isListed.count)
        var terms: [ArrayTerms] = []
        let (house, parameters) = (nights.house(state), nights.parameters(state))
        for source in SeriesSource.all {
            let mine = isListed.indices.map { isListed[$0] && sources[$0] == source }
            guard mine.contains(true) || terms.isEmpty else { continue }
            let book = try ValuationBook(
                house: house, market: nights.market(source, state), parameters: parameters, listing: mine)
            // The terms are of the state's date and parameters: the same in each of the books.
            terms = book.terms
            for valuation in book.valuations { valuations[valuation.series] = valuation }
        }
        let volatilities = sources.enumerated().map { nights[$1.volatilities].volatilities[$0] }
        let (units, shared) = (valuations, terms)
        let arrays = await inChunks(units.count, threads: threads) { chunk in
            chunk.map { place -> PublishedRiskArray? in
                guard let valuation = units[place] else { return nil }
                if let previous, previous.keys[place] == keys[place], let known = previous.arrays[place] {
                    return known
                }
                return RiskArrayKernel.array(
                    of: valuation, volatility: volatilities[place], terms: shared[valuation.terms],
                    series: house.series[place].code)
            }
        }
        return StateArrays(
            arrays: arrays, valuations: valuations, volatilities: volatilities, terms: terms, keys: keys)
    }
}
