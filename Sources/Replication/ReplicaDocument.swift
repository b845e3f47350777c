import ClearingModel
import Margining
import Quantities

/// What a replication came to, and where the reports that it was held against say otherwise.
package protocol ReplicatedDocument: Encodable {
    var businessDate: String { get }
    var cycle: String { get }
    /// Nil where the files do not say it.
    var runNumber: Int? { get }
    var parameterSet: String { get }
    /// As text for a terminal.
    var lines: [String] { get }
    /// The first difference from each report compared with that has one; nil where none was compared.
    var differences: [String]? { get }
}

extension ReplicatedDocument {
    /// What was replicated: `2018-12-28 EOD run 1, parameter set 2018-12`.
    var title: String {
        "\(businessDate) \(cycle)" + (runNumber.map { " run \($0)" } ?? "") + ", parameter set \(parameterSet)"
    }
}

/// Replicated requirements as what is printed: amounts as decimals with their currency's digits, as the reports have
/// them.
package struct ReplicaDocument: ReplicatedDocument, Sendable {
    package let businessDate: String
    package let cycle: String
    package let runNumber: Int?
    package let parameterSet: String
    package let accounts: [AccountPart]
    /// The first difference from each report compared with that has one; nil where none was compared.
    package var differences: [String]?

    /// One account: its requirement, and how it came about.
    package struct AccountPart: Encodable, Sendable {
        package let account: String
        package let callCurrency: String
        /// In the call currency.
        package let requirement: String
        package let currencies: [CurrencyPart]
        /// Each owner's requirement by currency and how it follows from its lines.
        package let owners: [OwnerPart]
        package let components: [ComponentPart]
    }

    /// One currency of an account, summed over its owners; the names are those of the report `requirement`.
    package struct CurrencyPart: Encodable, Sendable {
        package let currency: String
        package let initialRisk: String
        package let netOptionValue: String
        package let offsetAddBack: String
        package let requirement: String
        package let fxRate: String
        package let fxHaircut: String
        package let convertedRequirement: String
    }

    /// One owner's figures in one combined commodity; the names are those of the report `components`.
    package struct ComponentPart: Encodable, Sendable {
        package let owner: String
        package let combinedCommodity: String
        package let currency: String
        package let scan: String
        package let intraCharge: String
        package let deliveryCharge: String
        package let appliedCredit: String
        package let shortOptionMinimum: String
        package let netOptionValue: String
        package let risk: String
        /// The scan-based spread whose figures replace these; empty where there is none.
        package let scanSpread: String
    }

    package init(_ replica: Replica, _ accounts: [ReplicatedAccount]) {
        businessDate = replica.run.businessDate.description
        cycle = replica.run.cycle
        runNumber = replica.run.runNumber
        parameterSet = replica.parameterSet.text
        self.accounts = accounts.map { AccountPart($0, replica.kernel.book) }
    }
}

extension ReplicaDocument.AccountPart {
    init(_ replicated: ReplicatedAccount, _ book: MarginBook) {
        account = replicated.account.code.text
        callCurrency = replicated.account.callCurrency.description
        requirement = replicated.requirement.requirement.text
        currencies = replicated.requirement.currencies.map { converted in
            let parts = replicated.requirement.owners.flatMap(\.currencies).filter {
                $0.requirement.currency == converted.amount.currency
            }
            func sum(_ figure: (CurrencyRequirement) -> Money) -> String {
                parts.reduce(.zero(converted.amount.currency)) { $0 + figure($1) }.text
            }
            return ReplicaDocument.CurrencyPart(
                currency: converted.amount.currency.code.description, initialRisk: sum(\.initialRisk),
                netOptionValue: sum(\.netOptionValue), offsetAddBack: sum(\.offsetAddBack),
                requirement: converted.amount.text, fxRate: converted.rate.description,
                fxHaircut: converted.haircut.description, convertedRequirement: converted.converted.text)
        }
        owners = replicated.requirement.owners.flatMap { owner in
            owner.currencies.map { ReplicaDocument.OwnerPart($0, of: owner, replicated, book) }
        }
        components = replicated.requirement.owners.flatMap { owner in
            owner.combinedCommodities.map { risk in
                let terms = book.combinedCommodities[risk.combinedCommodity]
                return ReplicaDocument.ComponentPart(
                    owner: replicated.owners[owner.owner].text, combinedCommodity: terms.code.text,
                    currency: terms.currency.code.description, scan: risk.scan.text,
                    intraCharge: risk.intraCharge.text, deliveryCharge: risk.deliveryCharge.text,
                    appliedCredit: risk.appliedCredit.text, shortOptionMinimum: risk.shortOptionMinimum.text,
                    netOptionValue: risk.netOptionValue.text, risk: risk.risk.text,
                    scanSpread: risk.scanSpread.map { book.interSpreads[$0].code.text } ?? "")
            }
        }
    }
}

extension Money {
    /// The amount with its currency's decimals.
    var text: String { amount.text(decimals: currency.decimals) }
}
