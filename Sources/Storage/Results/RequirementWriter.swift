import ClearingModel
import Margining
import Postgres
import Quantities

/// Writes the requirements of a run: components, tiers, spreads formed, delivery charges, requirements.
///
/// One COPY a table, each in the order account, owner, combined commodity; of a large house one for each span of
/// accounts.
struct RequirementWriter {
    let connection: Connection
    let book: MarginBook
    let house: ClearingHouse
    /// The accounts whose requirements are written.
    let accounts: ArraySlice<Account>

    /// One owner's part of an account, with the codes that key its rows.
    struct Owned {
        let account: Account
        let owner: OwnerCode
        let requirement: OwnerRequirement
    }

    /// Writes requirements parallel to the accounts (nil: holds nothing) and returns the rows written.
    ///
    /// `midway` is called once, after the first table.
    func save(_ requirements: [AccountRequirement?], run: Int64, midway: () -> Void) throws -> Int64 {
        var rows = try saveComponents(requirements, run)
        midway()
        rows += try saveTiers(requirements, run)
        rows += try saveSpreads(requirements, run)
        rows += try saveScanSpreads(requirements, run)
        rows += try saveDelivery(requirements, run)
        rows += try saveCurrencies(requirements, run)
        rows += try saveTotals(requirements, run)
        return Int64(rows)
    }

    /// Calls `body` for every owner of every account, in order.
    func forEachOwner(_ requirements: [AccountRequirement?], _ body: (Owned) throws -> Void) throws {
        for (account, requirement) in zip(accounts, requirements) {
            guard let requirement else { continue }
            let codes = account.marginingType == .segregated ? house.owners[account.code] ?? [] : []
            for owner in requirement.owners {
                let code = codes.indices.contains(owner.owner) ? codes[owner.owner] : .none
                try body(Owned(account: account, owner: code, requirement: owner))
            }
        }
    }

    private func saveDelivery(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.delivery_month_charge (run_id, account, owner, combined_commodity, contract_month, remaining,
                consumed, charge) from stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                for risk in owned.requirement.combinedCommodities {
                    for month in risk.deliveryMonths {
                        try writer.row(8)
                        writer.key(run, owned)
                        writer.text(book.combinedCommodities[risk.combinedCommodity].code.text)
                        writer.month(month.month)
                        writer.delta(month.remaining)
                        writer.delta(month.consumed)
                        writer.decimal(month.charge)
                    }
                }
            }
        }
    }

    private func saveCurrencies(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.currency_requirement (run_id, account, owner, currency, initial_risk, net_option_value,
                offset_add_back, requirement) from stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                for currency in owned.requirement.currencies {
                    try writer.row(8)
                    writer.key(run, owned)
                    writer.text(currency.requirement.currency.code.description)
                    writer.money(currency.initialRisk)
                    writer.money(currency.netOptionValue)
                    writer.money(currency.offsetAddBack)
                    writer.money(currency.requirement)
                }
            }
        }
    }

    private func saveTotals(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.requirement (run_id, account, currency, amount, fx_rate, fx_haircut, call_currency,
                converted_amount) from stdin (format binary)
            """
        ) { writer in
            for (account, requirement) in zip(accounts, requirements) {
                for converted in requirement?.currencies ?? [] {
                    try writer.row(8)
                    writer.int64(run)
                    writer.text(account.code.text)
                    writer.text(converted.amount.currency.code.description)
                    writer.money(converted.amount)
                    writer.decimal(converted.rate)
                    writer.decimal(converted.haircut)
                    writer.text(converted.converted.currency.code.description)
                    writer.money(converted.converted)
                }
            }
        }
    }
}

extension BinaryCopyWriter {
    /// Run, account and owner: the first three columns of most result tables.
    mutating func key(_ run: Int64, _ owned: RequirementWriter.Owned) {
        int64(run)
        text(owned.account.code.text)
        text(owned.owner.text)
    }

    mutating func money(_ amount: Money) {
        numeric(unscaled: amount.minorUnits, scale: amount.currency.decimals)
    }

    /// Of the domain `margin.delta`.
    mutating func delta(_ delta: Delta) { numeric(unscaled: delta.units, scale: Delta.decimals) }

    /// Of the domain `margin.composite_delta`.
    mutating func compositeDelta(_ delta: CompositeDelta) {
        numeric(unscaled: delta.units, scale: delta.textDecimals)
    }

    /// Whole units of deltas, which `margin.delta_of_units` turns back.
    mutating func deltas(_ deltas: [Delta]) { int64Array(deltas.map(\.units)) }

    /// Of the domain `margin.contract_month`.
    mutating func month(_ month: ContractMonth) { text(month.description) }

    mutating func months(_ months: [ContractMonth]) { textArray(months.map(\.description)) }
}
