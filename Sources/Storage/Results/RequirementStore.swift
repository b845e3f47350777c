import ClearingModel
import Margining
import Postgres
import Quantities
import Results

/// The requirements of a run and what they are made of, account by account.
package struct RequirementStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes requirements of some of the house's accounts, parallel to them (nil: holds nothing), and returns the rows
    /// written.
    ///
    /// `midway` is called once, after the first table.
    package func save(
        _ requirements: [AccountRequirement?], ofAccounts span: Range<Int>, book: MarginBook, house: ClearingHouse,
        run: Int64, midway: () -> Void
    ) throws -> Int64 {
        try RequirementWriter(connection: connection, book: book, house: house, accounts: house.accounts[span])
            .save(requirements, run: run, midway: midway)
    }

    /// How an account was margined; nil where the run's parameter set lacks its class.
    package func terms(of account: AccountCode, run: Int64) throws -> AccountTermsResult? {
        try connection.optional(.explainAccount, [.int64(run), .text(account.text)]).map { row in
            AccountTermsResult(
                marginingType: try row.choice("margining_type"), accountClass: try row.code("account_class"),
                initialRatio: try row.decimal("initial_ratio"),
                netOptionValueIsCapped: try row.bool("net_option_value_is_capped"),
                offsetCap: try row.decimalOrNull("offset_cap"))
        }
    }

    /// An account's requirement, in the order of the currencies.
    package func requirements(of account: AccountCode, run: Int64) throws -> [RequirementResult] {
        try connection.rows(.explainRequirements, [.int64(run), .text(account.text)]).map { row in
            RequirementResult(
                currency: try row.currency("currency"), amount: try row.decimal("amount"),
                fxRate: try row.decimal("fx_rate"), fxHaircut: try row.decimal("fx_haircut"),
                callCurrency: try row.currency("call_currency"), converted: try row.decimal("converted_amount"))
        }
    }

    /// The requirements of an account's owners, in the order of currency and owner.
    package func ownerRequirements(of account: AccountCode, run: Int64) throws -> [OwnerRequirementResult] {
        try connection.rows(.explainCurrencies, [.int64(run), .text(account.text)]).map { row in
            OwnerRequirementResult(
                owner: try row.code("owner"), currency: try row.currency("currency"),
                initialRisk: try row.decimal("initial_risk"), offsetAddBack: try row.decimal("offset_add_back"),
                netOptionValue: try row.decimal("net_option_value"), requirement: try row.decimal("requirement"))
        }
    }

    /// What enters an account's requirements, in the order of owner, currency and line.
    package func riskLines(of account: AccountCode, run: Int64) throws -> [RiskLineResult] {
        try connection.rows(.explainRiskLines, [.int64(run), .text(account.text)]).map { row in
            RiskLineResult(
                owner: try row.code("owner"), currency: try row.currency("currency"), line: try row.text("line"),
                initialRisk: try row.decimal("initial_risk"),
                standaloneInitialRisk: try row.decimal("standalone_initial_risk"),
                netOptionValue: try row.decimal("net_option_value"))
        }
    }
}
