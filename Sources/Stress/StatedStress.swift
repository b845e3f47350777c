import ClearingModel
import Parameters
import Quantities

/// What the accounts of some members would cost, and what their units and they are short of, where their cover is
/// stated and there is no fund to hold it against (docs/methodology.md §8.3, §8.4).
package struct StatedStress: Sendable {
    package let units: StressUnits
    package let exposures: StressExposures
    /// R by portfolio, in minor units of the base currency.
    package let covers: [Int64]
    /// By scenario number: 0 is the no-offset bound.
    package let shortfalls: [StressShortfalls]

    /// Under the scenarios of a set, every series of the book valued in full; the same for any number of threads.
    /// - Throws: `StressRefusal` as the night's stress test.
    package static func compute(
        _ book: StressBook, _ set: StressSet, covers: [Int64], rates: ExchangeRates, threads: Int
    ) async throws -> StatedStress {
        let arrays = try await StressArrays.compute(
            book, try StressShocks(set, of: book), onlyHeld: false, threads: threads)
        return try await compute(
            book, arrays, covers: covers, houseSurplusCoversClients: set.houseSurplusCoversClients, rates: rates,
            threads: threads)
    }

    /// From losses that are known.
    /// - Throws: `StressRefusal` for a rate that lacks, and for losses that could leave 64 bits of minor units.
    package static func compute(
        _ book: StressBook, _ arrays: StressArrays, covers: [Int64], houseSurplusCoversClients: Bool,
        rates: ExchangeRates, threads: Int
    ) async throws -> StatedStress {
        for currency in book.positionCurrencies { _ = try rates.stressConversion(from: currency, to: book.base) }
        let exposures = try await StressExposures.compute(book, arrays, threads: threads)
        let terms = ShortfallTerms(
            book.units, covers: covers, contributions: [], coverCount: 0,
            houseSurplusCoversClients: houseSurplusCoversClients)
        return StatedStress(
            units: book.units, exposures: exposures, covers: covers,
            shortfalls: await terms.shortfalls(exposures, threads: threads))
    }

    /// D of a unit by its place, by scenario number.
    package func shortfalls(ofUnit unit: Int) -> [Int64] { units.shortfalls(of: unit, exposures, covers: covers) }
}
