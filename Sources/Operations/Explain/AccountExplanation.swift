import ClearingModel
import EndOfDay
import Foundation
import Postgres
import Quantities
import Runtime
import Storage

/// Walks one account's call back to the array values it comes from, each step an equation of figures that stand above
/// or below it.
package struct AccountExplanation {
    let connection: Connection
    private let context: RunContext
    private let account: String
    /// A combined commodity, risk group or series to show alone; nil for everything.
    let item: String?
    private var lines: [String] = []

    /// - Throws: `Failure` 66 if the run has no call of the account.
    package static func lines(
        of account: String, item: String?, in context: RunContext, from connection: Connection
    ) throws -> [String] {
        var explanation = AccountExplanation(
            connection: connection, context: context, account: account, item: item)
        try explanation.explain()
        return explanation.lines
    }

    private init(connection: Connection, context: RunContext, account: String, item: String?) {
        self.connection = connection
        self.context = context
        self.account = account
        self.item = item
    }

    var key: [Value] { [.int64(context.run), .text(account)] }

    mutating func say(_ level: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: level) + text)
    }

    private mutating func explain() throws {
        guard let call = try connection.optional(.explainCall, key) else {
            throw Failure(
                .inputMissing, "\(context.title) has no call of account \(account)",
                hint: context.line(.status))
        }
        let currency = try call.text(1)
        say(0, "\(account), member \(try call.text(0)), \(context.title), parameter set \(context.parameterSet)")
        try explain(call, currency)
        if item == nil { try explainMoney(currency) }
        try explainRequirement()
        let before = lines.count
        try explainSimulations()
        try explainComponents()
        if let item, lines.count == before {
            throw Failure(
                .inputMissing, "\(context.title): account \(account) has no combined commodity or risk group \(item)",
                hint: context.line(.explain).replacing("explain ", with: "explain \(account) "))
        }
    }

    private mutating func explain(_ call: Row, _ currency: String) throws {
        let amounts = try (2...6).map { try call.amount($0) }
        say(
            0,
            "call \(try call.amount(10)) \(currency), return \(try call.amount(11)): \(try call.text(12)), due "
                + "\(BusinessDate(dayNumber: try call.date(13)))")
        say(
            1,
            "deficit \(amounts[4]) = requirement \(amounts[0]) + add-ons \(amounts[1]) + unpaid variation margin "
                + "\(amounts[2]) − collateral \(amounts[3])"
                + (try call.amount(14) == "0" ? "" : " − collected intraday \(try call.amount(14))"))
        if !call.isNull(15) {
            say(
                1,
                "called intraday when the deficit is above the trigger \(try call.amount(15)); rounded to the lot "
                    + "\(try call.amount(9)); nothing is returned")
        } else if !call.isNull(7), context.cycle == .endOfDay {
            say(
                1,
                "called when the deficit is above threshold \(try call.amount(7)) + minimum transfer amount "
                    + "\(try call.amount(8)); rounded to the lot \(try call.amount(9))")
        }
    }

    private mutating func explainMoney(_ currency: String) throws {
        for row in try connection.rows(.explainAddOns, key) {
            say(
                1,
                "add-on \(try row.text(0)) \(try row.text(1)): \(try row.amount(5)) \(try row.text(3)) on "
                    + "\(try row.amount(2)); \(try row.text(4)); counts \(try row.amount(7)) \(try row.text(6))")
        }
        for row in try connection.rows(.explainVariationMargin, key) {
            let (from, to, factor) = (try row.amount(3), try row.amount(4), try row.amount(7))
            let move = try row.bool(8) ? "\(factor) × (1/\(from) − 1/\(to))" : "(\(to) − \(from)) × \(factor)"
            say(
                1,
                "variation margin, \(try row.text(0)) \(try row.text(1)): \(try row.int64(2)) × \(move) = "
                    + "\(try row.amount(6)) \(try row.text(5))")
        }
        try explainUnpaid(currency)
        for row in try connection.rows(.explainCollateral, key) {
            let excluded = try row.text(9)
            say(
                1,
                "collateral \(try row.text(0)), \(try row.text(1)): \(try row.amount(2)) × \(try row.amount(3)) × "
                    + "(1 − \(try row.amount(4))) × \(try row.amount(5)) × (1 − \(try row.amount(6))) = "
                    + "\(try row.amount(7)), counts \(try row.amount(8)) \(currency)"
                    + (excluded.isEmpty ? "" : " (\(excluded))"))
        }
    }

    private mutating func explainRequirement() throws {
        for row in try connection.rows(.explainRequirements, key) {
            say(
                0,
                "requirement \(try row.amount(1)) \(try row.text(0)) × \(try row.amount(2)) × (1 + "
                    + "\(try row.amount(3))) = \(try row.amount(5)) \(try row.text(4))")
        }
        try explainCurrencies()
    }

    private mutating func explainComponents() throws {
        let spreads = try connection.rows(.explainSpreads, key)
        let options = try connection.rows(.explainOptionValues, key)
        let months = try connection.rows(.explainDeliveryMonths, key)
        let bounds = try AccountBound.all(key, from: connection)
        let account = try connection.optional(.explainAccount, key)
        let isGross = try account?.text(0) == "gross_omnibus"
        let ratio = try account?.exact(2) ?? .one
        for row in try connection.rows(.explainComponents, key) {
            let owner = try row.text(0)
            let commodity = try row.text(1)
            guard item == nil || item == commodity else { continue }
            say(
                0,
                "\(try ownerText(row, 0))combined commodity \(commodity): risk \(try row.amount(16)) "
                    + "\(try row.text(2)), initial risk \(try row.amount(17))"
                    + (ratio == .one ? "" : " at the initial ratio \(ratio)"))
            say(
                1,
                "risk = max(scan \(try row.amount(3)) + intra \(try row.amount(10)) + delivery "
                    + "\(try row.amount(11)) − credit \(try row.amount(13)), short option minimum "
                    + "\(try row.amount(14)))"
                    + (try row.text(18).isEmpty ? "" : ", replaced by the scan-based spread \(try row.text(18))")
                    + (try row.text(20).isEmpty ? "" : ", one measure of risk group \(try row.text(20)), which counts"))
            explainBounds(bounds, owner, commodity)
            if !row.isNull(7) {
                say(
                    1,
                    "scan = time \(try row.amount(5)) + volatility \(try row.amount(6)) + price "
                        + "\(try row.amount(7)); net delta \(try row.amount(8)), weighted price risk "
                        + "\(row.isNull(9) ? "none" : try row.amount(9))")
            }
            try explainPositions(owner, commodity, scenario: row.int16OrNull(4).map(Int.init))
            for spread in spreads where try spread.text(0) == owner && spread.text(4) == commodity {
                try explain(spread)
            }
            try explainDelivery(months, owner, commodity, charge: row.amount(11))
            try explainOptions(options, row, isGross: isGross)
        }
    }

    /// Σ quantity · array value at the active scenario.
    private mutating func explainPositions(_ owner: String, _ commodity: String, scenario: Int?) throws {
        let rows = try connection.rows(
            .explainPositions,
            [
                .int64(context.pinnedLoad), context.businessDate.value, context.cycle.value, .text(account),
                .text(owner), .text(commodity), .int64(context.run),
            ])
        guard let scenario else { return try explainGross(commodity) }
        say(1, "scan is the loss of scenario \(scenario), the largest: Σ quantity × array value")
        var sum = ExactDecimal.zero
        for row in rows {
            let quantity = try row.int64(1) - row.int64(2)
            let array = try row.int64Array(4)
            guard array.indices.contains(scenario - 1) else { continue }
            let value = ExactDecimal(minorUnits: array[scenario - 1], decimals: Int(try row.int16(3)))
            let product = ExactDecimal(Int(quantity)) * value
            sum += product
            say(2, "\(try row.text(0)): \(quantity) × \(value) = \(product)")
        }
        say(2, "sum \(sum)" + (sum < .zero ? ", a gain: scan is 0" : ""))
    }

    /// A gross omnibus account series by series: long and short quantities each at their own largest loss.
    private mutating func explainGross(_ commodity: String) throws {
        let rows = try connection.rows(
            .explainOmnibus,
            [
                .int64(context.pinnedLoad), context.businessDate.value, context.cycle.value, .text(account),
                .text(commodity), .int64(context.run),
            ])
        say(1, "no one active scenario: each series at its own largest loss (gross), or each scan tier at its own")
        for row in rows {
            let decimals = Int(try row.int16(3))
            let long = ExactDecimal(minorUnits: try row.int64(4), decimals: decimals)
            let short = ExactDecimal(minorUnits: try row.int64(5), decimals: decimals)
            say(2, "\(try row.text(0)): \(try row.int64(1)) long × \(long) + \(try row.int64(2)) short × \(short)")
        }
    }

    private mutating func explain(_ spread: Row) throws {
        let pool = try spread.text(5)
        let charge = try spread.decimalText(12)
        let credit = try spread.decimalText(13)
        let wpr = spread.isNull(9) ? "" : " × weighted price risk \(try spread.amount(9))"
        say(
            1,
            "\(try spread.text(1)) spread \(try spread.text(2)), leg \(try spread.int16(3)) side "
                + "\(try spread.text(6))\(pool.isEmpty ? "" : " at \(pool)"): \(try spread.amount(7)) spreads consume "
                + "\(try spread.amount(8)); rate \(try spread.amount(10))\(wpr); "
                + (try spread.text(1) == "intra" ? "charge \(charge)" : "credit \(credit)") + " \(try spread.text(11))")
    }

    func ownerText(_ row: Row, _ column: Int) throws -> String {
        let owner = try row.text(column)
        return owner.isEmpty ? "" : "owner \(owner), "
    }
}

extension Row {
    /// A numeric column in its shortest plain text.
    func amount(_ column: Int) throws -> String { try decimalText(column) }

    /// A numeric column exactly.
    func exact(_ column: Int) throws -> ExactDecimal {
        let number = try numeric(column)
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale)
    }

    fileprivate func decimalText(_ column: Int) throws -> String {
        guard let number = try numericOrNull(column) else { return "none" }
        return ExactDecimal(mantissa: number.unscaled, scale: number.scale).description
    }
}
