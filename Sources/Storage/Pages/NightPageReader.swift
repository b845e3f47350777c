import ClearingModel
import Postgres
import Quantities
import Reporting

/// What the pages of a night show of the run and of the nights before it, by member (docs/reports.md, *Pages*).
///
/// A statement a subject for all members together; each is as long as its rows.
package struct NightPageReader {
    private let reports: ReportReader
    private let currencies: [String: Currency]
    private var run: PinnedRun { reports.run }
    private var pinned: [Value] { [.int64(run.id), .int64(run.load)] }

    package init(_ reports: ReportReader, _ house: ClearingHouse) {
        self.reports = reports
        currencies = Dictionary(
            house.currencies.map { ("\($0.code)", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every account's call or return, by member and account.
    package func calls() throws -> [String: [PageCall]] {
        try byMember(.pageCalls, pinned) { row in
            let currency = try currency(row, "call_currency")
            return PageCall(
                account: try row.text("account"), origin: try row.text("origin"),
                requirement: try row.money("requirement", in: currency), addOns: try row.money("add_ons", in: currency),
                unpaidVariationMargin: try row.money("unpaid_variation_margin", in: currency),
                collateralValue: try row.money("collateral_value", in: currency),
                intradayCollected: try row.money("intraday_collected", in: currency),
                deficit: try row.money("deficit", in: currency),
                threshold: try row.decimalOrNull("threshold").map { Money(rounding: $0, currency: currency) },
                callAmount: try row.money("call_amount", in: currency),
                returnAmount: try row.money("return_amount", in: currency),
                reasonCode: try row.text("reason_code"), dueDate: BusinessDate(dayNumber: try row.date("due_date")))
        }
    }

    /// How requirements come about, by member and margin currency; `alone` is what a member's positions would cost each
    /// by itself, in minor units by currency.
    package func buildUps(alone: [String: [CurrencyCode: Int64]]) throws -> [String: [PageBuildUp]] {
        try byMember(.pageBuildUps, pinned) { row in
            let currency = try currency(row, "currency")
            func units(_ column: Row.Column) throws -> Int64 { try row.money(column, in: currency).minorUnits }
            return PageBuildUp(
                currency: currency, alone: alone[try row.text("member")]?[currency.code] ?? 0,
                scan: try units("scan"), calendar: try units("intra_charge"), delivery: try units("delivery_charge"),
                credits: try units("applied_credit"), shortOptions: try units("short_options"),
                ratio: try units("ratio"), initialRisk: try units("initial_risk"),
                netOptionValue: try units("net_option_value"), addBack: try units("offset_add_back"),
                requirement: try units("requirement"))
        }
    }

    /// What moved since the night before, by member and call currency; nothing of a run that attributed nothing.
    package func attributions() throws -> [String: [PageAttribution]] {
        try byMember(.pageAttributions, [.int64(run.id)]) { row in
            let currency = try currency(row, "call_currency")
            let effects = try PageAttribution.Effect.allCases.map {
                ($0, try row.money(Row.Column($0.rawValue), in: currency))
            }
            return PageAttribution(
                businessDateBefore: BusinessDate(dayNumber: try row.date("business_date_before")),
                before: try row.money("reported_yesterday", in: currency),
                effects: Dictionary(effects, uniquingKeysWith: { first, _ in first }),
                today: try row.money("today", in: currency))
        }
    }

    /// Add-ons by member, call currency and kind.
    package func addOns() throws -> [String: [PageAddOn]] {
        try byMember(.pageAddOns, pinned) { row in
            PageAddOn(
                kind: try row.text("add_on"),
                amount: try row.money("amount", in: try currency(row, "call_currency")))
        }
    }

    /// The nights before the run's and its own, oldest first, by member and call currency: a statement a night.
    package func nights(_ earlier: [EarlierNight]) throws -> [String: [PageNights]] {
        var found: [String: [Currency: PageNights]] = [:]
        for (id, date) in earlier.reversed().map({ ($0.run, $0.businessDate) }) + [(run.id, run.businessDate)] {
            for row in try reports.database.rows(.pageNight, [.int64(id)]) {
                let currency = try currency(row, "call_currency")
                let night = PageNights.Night(
                    date: date, margin: try row.money("margin", in: currency),
                    collateralValue: try row.money("collateral_value", in: currency),
                    callAmount: try row.money("call_amount", in: currency))
                found[try row.text("member"), default: [:]][currency, default: PageNights(currency: currency)]
                    .nights.append(night)
            }
        }
        return found.mapValues { $0.values.sorted { "\($0.currency.code)" < "\($1.currency.code)" } }
    }

    /// What the next business date asks of each member if nothing moves; empty where the run has not looked ahead.
    package func tomorrow() throws -> [String: PageTomorrow] {
        var found: [String: PageTomorrow] = [:]
        for row in try reports.database.rows(Query.reportTomorrow.text(reports.literals)) {
            let currency = try currency(row, "call_currency")
            let before = try row.decimalOrNull("tonight_requirement").map { requirement in
                Money(rounding: requirement + (try row.decimal("tonight_add_ons")), currency: currency)
            }
            let night = PageTomorrow(
                date: BusinessDate(dayNumber: try row.date("next_business_date")),
                parameterSet: try row.text("parameter_set"))
            found[try row.text("member"), default: night].accounts.append(
                PageTomorrow.AccountTomorrow(
                    account: try row.text("account"),
                    margin: try row.money("requirement", in: currency) + row.money("add_ons", in: currency),
                    tonightMargin: before,
                    unpaidVariationMargin: try row.money("unpaid_variation_margin", in: currency),
                    collateralValue: try row.money("collateral_value", in: currency),
                    callAmount: try row.money("call_amount", in: currency),
                    returnAmount: try row.money("return_amount", in: currency),
                    dueDate: BusinessDate(dayNumber: try row.date("due_date"))
                ))
        }
        return found
    }

    /// The corrections and overrides that touch a member's accounts.
    package func corrections() throws -> [String: [PageCorrection]] {
        var found: [String: [PageCorrection]] = [:]
        for row in try reports.database.rows(Query.reportCorrections.text(reports.literals)) {
            let place = try ["table_name", "row_key", "column_name"].map { try row.text(Row.Column($0)) }
            found[try row.text("member"), default: []].append(
                PageCorrection(
                    number: try row.int64("correction"), kind: try row.text("kind"),
                    place: "\(place[0]) \(place[1]): \(place[2])", before: try row.textOrNull("before_value") ?? "–",
                    after: try row.textOrNull("after_value") ?? "–", reason: try row.text("reason")))
        }
        return found
    }

    /// Everything that was found, by number.
    package func findings() throws -> [PageFinding] {
        try reports.database.rows(.pageFindings, [.int64(run.id)]).map { row in
            PageFinding(
                rule: try row.text("rule"), severity: try row.text("severity"), table: try row.text("table_name"),
                rowKey: try row.text("row_key"), column: try row.text("column_name"),
                waiver: try row.textOrNull("waiver_reason"))
        }
    }

    /// Every call of this night and of those before it that is not met, by member, account and night.
    package func openCalls() throws -> [PageOpenCall] {
        try reports.database.rows(Query.reportHouseCallStatus.text(reports.literals)).map { row in
            let currency = try currency(row, "call_currency")
            return PageOpenCall(
                member: try row.text("member"), account: try row.text("account"),
                callDate: BusinessDate(dayNumber: try row.date("call_date")),
                called: try row.money("call_amount", in: currency),
                met: try row.money("met_amount", in: currency), open: try row.money("open_amount", in: currency),
                dueDate: BusinessDate(dayNumber: try row.date("due_date")), ageDays: try row.int64("age_days"),
                state: try row.text("state"))
        }
    }

    /// Members whose accounts together are concentrated beyond what each is charged.
    package func concentrations() throws -> [PageConcentration] {
        try reports.database.rows(.pageConcentrations, [.int64(run.id)]).map { row in
            let currency = try currency(row, "currency")
            return PageConcentration(
                member: try row.text("member"), combinedCommodity: try row.text("combined_commodity"),
                netDelta: try row.decimal("net_delta"), memberCharge: try row.money("member_charge", in: currency),
                ownCharges: try row.money("own_charges", in: currency), excess: try row.money("excess", in: currency))
        }
    }

    private func byMember<T>(_ query: Query, _ values: [Value], _ read: (Row) throws -> T) throws -> [String: [T]] {
        var found: [String: [T]] = [:]
        for row in try reports.database.rows(query, values) {
            found[try row.text("member"), default: []].append(try read(row))
        }
        return found
    }

    private func currency(_ row: Row, _ column: Row.Column) throws -> Currency {
        let code = try row.text(column)
        guard let currency = currencies[code] else { throw UnreadableValue(column: "\(column)", value: code) }
        return currency
    }
}
