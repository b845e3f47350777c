import Attribution
import ClearingModel
import EndOfDay
import Foundation
import Quantities
import Runtime
import Storage

/// Attributes the change between two published runs again, without reading and writing in the seconds:
/// bench-attribution YESTERDAY TODAY.
///
/// Prints the seconds of reading, of putting the nights on one list and of the states between them, and how often an
/// account was margined.
@main struct BenchAttribution {
    struct Failure: Error { let message: String }

    static func main() async throws {
        let dates = CommandLine.arguments.dropFirst().compactMap { BusinessDate($0) }
        guard CommandLine.arguments.count == 3, dates.count == 2 else {
            throw Failure(message: "usage: bench-attribution YESTERDAY TODAY")
        }
        let database = try await Session.open()
        let clock = ContinuousClock()
        var start = clock.now
        let nights = try dates.map { date in
            let context = try RunContext.find(date, cycle: .endOfDay, number: nil, from: database)
            return try NightInputs.load(context.pinned, from: database)
        }
        print("both nights read in \(seconds(since: start, clock)) s")
        start = clock.now
        let crossed = try CrossedNights(yesterday: nights[0], today: nights[1])
        print("put on one list in \(seconds(since: start, clock)) s")
        start = clock.now
        let found = try await NightAttribution.compute(
            crossed, threads: ProcessInfo.processInfo.activeProcessorCount
        ) { @Sendable _, _, _, _ in
            throw Failure(message: "the house simulates groups, whose histories are not read here")
        }
        let taken = seconds(since: start, clock)
        let accounts = Set(found.figures.map(\.account)).count
        print("\(found.figures.count) figures of \(accounts) accounts attributed in \(taken) s")
        print("accounts margined: \(found.accountsMargined)")
    }

    private static func seconds(since start: ContinuousClock.Instant, _ clock: ContinuousClock) -> String {
        let taken = start.duration(to: clock.now)
        return String(format: "%.2f", Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
    }
}
