import ClearingModel
import MarginCalls
import Quantities
import Testing

/// What of a call is open, and what the next night takes as still owed (methodology §11.7).
@Suite struct StandingCallTests {
    /// In minor units: the call, the unpaid variation margin in it, what was met; what is open, what is still owed.
    static let cases: [(call: Int64, unpaid: Int64, met: Int64, open: Int64, owed: Int64)] = [
        // The worked example: part of the variation margin is paid.
        (21_650_000, 4_354_583, 2_000_000, 19_650_000, 2_354_583),
        // Nothing is paid: the margin in the call is not carried.
        (21_650_000, 4_354_583, 0, 21_650_000, 4_354_583),
        // The variation margin is paid to the minor unit, and one short of it.
        (21_650_000, 4_354_583, 4_354_583, 17_295_417, 0),
        (21_650_000, 4_354_583, 4_354_582, 17_295_418, 1),
        // Excess collateral covers part of the variation margin: only what was called is owed.
        (1_000, 5_000, 0, 1_000, 1_000),
        (1_000, 5_000, 400, 600, 600),
        // Met whole, and above what a correction left of it.
        (1_000, 5_000, 1_000, 0, 0),
        (1_000, 700, 1_200, 0, 0),
        // No variation margin, or no call.
        (1_000, 0, 0, 1_000, 0),
        (0, 700, 0, 0, 0),
    ]

    @Test(arguments: cases) func `what is met pays variation margin first, and margin is not carried`(
        _ row: (call: Int64, unpaid: Int64, met: Int64, open: Int64, owed: Int64)
    ) throws {
        let code = try #require(CurrencyCode("USD"))
        func money(_ minorUnits: Int64) -> Money {
            Money(minorUnits: minorUnits, currency: Currency(code: code, decimals: 2))
        }
        let call = StandingCall(
            amount: money(row.call), unpaidVariationMargin: money(row.unpaid), met: money(row.met))
        #expect(call.open == money(row.open))
        #expect(call.stillOwed == money(row.owed))
    }
}
