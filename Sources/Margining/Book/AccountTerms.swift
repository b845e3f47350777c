import ClearingModel
import Quantities

/// All that the kernel needs to know of an account: its own row and its class's.
package struct AccountTerms: Hashable, Sendable {
    package let account: AccountCode
    package let marginingType: MarginingType
    /// Owners in code order; exactly one where the account is not segregated.
    package let owners: [OwnerCode]
    /// Multiplies the risk, never the net option value; above 0.
    package let initialRatio: ExactDecimal
    package let netOptionValueIsCapped: Bool
    /// The share of the offset between combined commodities that is granted; nil where no cap applies.
    package let offsetCap: ExactDecimal?
    package let callCurrency: Currency

    package init(
        account: AccountCode, marginingType: MarginingType, owners: [OwnerCode] = [.none],
        initialRatio: ExactDecimal = .one,
        netOptionValueIsCapped: Bool = false, offsetCap: ExactDecimal? = nil, callCurrency: Currency
    ) {
        precondition(marginingType == .segregated || owners.count == 1, "only a segregated account has several owners")
        self.account = account
        self.marginingType = marginingType
        self.owners = owners
        self.initialRatio = initialRatio.withoutTrailingZeros
        self.netOptionValueIsCapped = netOptionValueIsCapped
        self.offsetCap = offsetCap?.withoutTrailingZeros
        self.callCurrency = callCurrency
    }

    /// The terms of `account` under its class; the class must be the account's own.
    package init(
        account: Account, margin: AccountClassMargin, owners: [OwnerCode] = [.none], callCurrency: Currency
    ) {
        precondition(account.accountClass == margin.accountClass, "an account takes its own class's terms")
        precondition(account.callCurrency == callCurrency.code, "an account is called in its own call currency")
        self.init(
            account: account.code, marginingType: account.marginingType, owners: owners,
            initialRatio: margin.initialRatio,
            netOptionValueIsCapped: margin.netOptionValueIsCapped, offsetCap: margin.offsetCap,
            callCurrency: callCurrency)
    }
}
