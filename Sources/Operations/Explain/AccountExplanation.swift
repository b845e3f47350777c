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
        let currency = try call.text("call_currency")
        say(0, "\(account), member \(try call.text("member")), \(context.title), parameter set \(context.parameterSet)")
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
        say(
            0,
            "call \(try call.amount("call_amount")) \(currency), return \(try call.amount("return_amount")): "
                + "\(try call.text("reason_code")), due \(BusinessDate(dayNumber: try call.date("due_date")))")
        say(
            1,
            "deficit \(try call.amount("deficit")) = requirement \(try call.amount("requirement")) + add-ons "
                + "\(try call.amount("add_ons")) + unpaid variation margin "
                + "\(try call.amount("unpaid_variation_margin")) − collateral \(try call.amount("collateral_value"))"
                + (try call.amount("intraday_collected") == "0"
                    ? "" : " − collected intraday \(try call.amount("intraday_collected"))"))
        if try !call.isNull("intraday_trigger") {
            say(
                1,
                "called intraday when the deficit is above the trigger \(try call.amount("intraday_trigger")); rounded "
                    + "to the lot \(try call.amount("lot")); nothing is returned")
        } else if try !call.isNull("threshold"), context.cycle == .endOfDay {
            say(
                1,
                "called when the deficit is above threshold \(try call.amount("threshold")) + minimum transfer amount "
                    + "\(try call.amount("minimum_transfer_amount")); rounded to the lot \(try call.amount("lot"))")
        }
    }

    private mutating func explainMoney(_ currency: String) throws {
        for row in try connection.rows(.explainAddOns, key) {
            say(
                1,
                "add-on \(try row.text("add_on")) \(try row.text("item")): \(try row.amount("amount")) "
                    + "\(try row.text("currency")) on \(try row.amount("base")); \(try row.text("driver")); counts "
                    + "\(try row.amount("converted_amount")) \(try row.text("call_currency"))")
        }
        for row in try connection.rows(.explainVariationMargin, key) {
            let (from, to, factor) = (
                try row.amount("from_price"), try row.amount("to_price"), try row.amount("contract_value_factor")
            )
            let move =
                try row.bool("is_inverse") ? "\(factor) × (1/\(from) − 1/\(to))" : "(\(to) − \(from)) × \(factor)"
            say(
                1,
                "variation margin, \(try row.text("kind")) \(try row.text("series")): \(try row.int64("quantity")) × "
                    + "\(move) = \(try row.amount("amount")) \(try row.text("currency"))")
        }
        try explainUnpaid(currency)
        for row in try connection.rows(.explainCollateral, key) {
            let excluded = try row.text("excluded")
            say(
                1,
                "collateral \(try row.text("item")), \(try row.text("asset")): \(try row.amount("quantity")) × "
                    + "\(try row.amount("price")) × (1 − \(try row.amount("haircut"))) × \(try row.amount("fx_rate")) "
                    + "× (1 − \(try row.amount("fx_haircut"))) = \(try row.amount("value_before_limits")), counts "
                    + "\(try row.amount("accepted_value")) \(currency)"
                    + (excluded.isEmpty ? "" : " (\(excluded))"))
        }
    }

    private mutating func explainRequirement() throws {
        for row in try connection.rows(.explainRequirements, key) {
            say(
                0,
                "requirement \(try row.amount("amount")) \(try row.text("currency")) × \(try row.amount("fx_rate")) × "
                    + "(1 + \(try row.amount("fx_haircut"))) = \(try row.amount("converted_amount")) "
                    + "\(try row.text("call_currency"))")
        }
        try explainCurrencies()
    }

    private mutating func explainComponents() throws {
        let spreads = try connection.rows(.explainSpreads, key)
        let options = try connection.rows(.explainOptionValues, key)
        let months = try connection.rows(.explainDeliveryMonths, key)
        let bounds = try AccountBound.all(key, from: connection)
        let account = try connection.optional(.explainAccount, key)
        let isGross = try account?.text("margining_type") == "gross_omnibus"
        let ratio = try account?.exact("initial_ratio") ?? .one
        for row in try connection.rows(.explainComponents, key) {
            let owner = try row.text("owner")
            let commodity = try row.text("combined_commodity")
            guard item == nil || item == commodity else { continue }
            say(
                0,
                "\(try ownerText(row))combined commodity \(commodity): risk \(try row.amount("risk")) "
                    + "\(try row.text("currency")), initial risk \(try row.amount("initial_risk"))"
                    + (ratio == .one ? "" : " at the initial ratio \(ratio)"))
            say(
                1,
                "risk = max(scan \(try row.amount("scan")) + intra \(try row.amount("intra_charge")) + delivery "
                    + "\(try row.amount("delivery_charge")) − credit \(try row.amount("applied_credit")), short option "
                    + "minimum \(try row.amount("short_option_minimum")))"
                    + (try row.text("scan_spread").isEmpty
                        ? "" : ", replaced by the scan-based spread \(try row.text("scan_spread"))")
                    + (try row.text("risk_group").isEmpty
                        ? "" : ", one measure of risk group \(try row.text("risk_group")), which counts"))
            explainBounds(bounds, owner, commodity)
            if try !row.isNull("price_risk") {
                say(
                    1,
                    "scan = time \(try row.amount("time_risk")) + volatility \(try row.amount("volatility_risk")) + "
                        + "price \(try row.amount("price_risk")); net delta \(try row.amount("net_delta")), weighted "
                        + "price risk \(try row.amount("weighted_price_risk"))")
            }
            try explainPositions(owner, commodity, scenario: row.int16OrNull("active_scenario").map(Int.init))
            for spread in spreads
            where try spread.text("owner") == owner && spread.text("combined_commodity") == commodity {
                try explain(spread)
            }
            try explainDelivery(months, owner, commodity, charge: row.amount("delivery_charge"))
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
            let quantity = try row.int64("long_quantity") - row.int64("short_quantity")
            let array = try row.int64Array("risk_array")
            guard array.indices.contains(scenario - 1) else { continue }
            let value = ExactDecimal(minorUnits: array[scenario - 1], decimals: Int(try row.int16("array_decimals")))
            let product = ExactDecimal(Int(quantity)) * value
            sum += product
            say(2, "\(try row.text("series")): \(quantity) × \(value) = \(product)")
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
            let decimals = Int(try row.int16("array_decimals"))
            let long = ExactDecimal(minorUnits: try row.int64("long_loss"), decimals: decimals)
            let short = ExactDecimal(minorUnits: try row.int64("short_loss"), decimals: decimals)
            say(
                2,
                "\(try row.text("series")): \(try row.int64("long_quantity")) long × \(long) + "
                    + "\(try row.int64("short_quantity")) short × \(short)")
        }
    }

    private mutating func explain(_ spread: Row) throws {
        let pool = try spread.text("pool")
        let charge = try spread.decimalText("charge")
        let credit = try spread.decimalText("credit")
        let wpr =
            try spread.isNull("weighted_price_risk")
            ? "" : " × weighted price risk \(try spread.amount("weighted_price_risk"))"
        say(
            1,
            "\(try spread.text("step")) spread \(try spread.text("spread")), leg \(try spread.int16("leg")) side "
                + "\(try spread.text("side"))\(pool.isEmpty ? "" : " at \(pool)"): "
                + "\(try spread.amount("spread_count")) spreads consume \(try spread.amount("consumed")); rate "
                + "\(try spread.amount("rate"))\(wpr); "
                + (try spread.text("step") == "intra" ? "charge \(charge)" : "credit \(credit)")
                + " \(try spread.text("currency"))")
    }

    func ownerText(_ row: Row) throws -> String {
        let owner = try row.text("owner")
        return owner.isEmpty ? "" : "owner \(owner), "
    }
}
