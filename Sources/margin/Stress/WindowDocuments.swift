import ClearingModel
import EndOfDay
import Operations
import Parameters
import Quantities
import Scenarios
import Stress

/// The worst windows of a risk factor as `--json` prints them.
struct FactorWindowsDocument: Encodable {
    struct Window: Encodable {
        let from: String
        let to: String
        let firstLevel: String
        let lastLevel: String
        let move: String

        init(_ window: FactorWindows.Window) {
            from = "\(window.from)"
            to = "\(window.to)"
            firstLevel = "\(window.first)"
            lastLevel = "\(window.last)"
            move = "\(window.move)"
        }
    }

    let factor: String
    let days: Int
    let levels: Int
    let firstDay: String
    let lastDay: String
    /// relative, log or absolute: how the moves are told.
    let kind: String
    let falls: [Window]
    let rises: [Window]

    init(_ found: FactorWindows, days: Int) {
        factor = found.factor.text
        self.days = days
        levels = found.levels
        firstDay = "\(found.firstDay)"
        lastDay = "\(found.lastDay)"
        kind = found.kind.rawValue
        falls = found.falls.map(Window.init)
        rises = found.rises.map(Window.init)
    }
}

/// The worst windows for a book or an account as `--json` prints them; amounts are texts in the base currency.
struct BookWindowsDocument: Encodable {
    struct Factor: Encodable {
        let combinedCommodity: String
        let priceFactor: String
        /// Left out where the volatility stays where it is.
        let volatilityFactor: String?
    }
    struct Window: Encodable {
        let from: String
        let to: String
        /// Of an account.
        let exposure: String?
        let shortfall: String?
        /// Of the whole book.
        let coverTwo: String?
        let groups: [String]
    }

    let businessDate: String
    let cycle: Cycle
    let run: Int32
    /// Left out, as its cover, where it is the whole book.
    let account: String?
    let cover: String?
    /// Of the whole book.
    let fund: String?
    let currency: String
    let days: Int
    let firstDay: String
    let lastDay: String
    let levels: Int
    let daysLeftOut: Int
    let factors: [Factor]
    let windows: [Window]

    init(_ found: BookWindows, account: String?, days: Int, in context: RunContext) {
        func money(_ units: Int64) -> String { Money(minorUnits: units, currency: found.base).text }
        let isHouse = account == nil
        businessDate = "\(context.businessDate)"
        cycle = context.cycle
        run = context.number
        self.account = account
        cover = isHouse ? nil : money(found.cover)
        fund = isHouse ? money(found.fund) : nil
        currency = "\(found.base.code)"
        self.days = days
        firstDay = "\(found.history.dates[0])"
        lastDay = "\(found.history.dates[found.history.dates.count - 1])"
        levels = found.history.dates.count
        daysLeftOut = found.history.daysLeftOut
        factors = found.factors.map { code, mapping in
            Factor(
                combinedCommodity: code.text, priceFactor: mapping.priceFactor.text,
                volatilityFactor: mapping.volatilityFactor?.text)
        }
        windows = found.windows.map { window in
            let outcome = window.outcome
            return Window(
                from: "\(window.from)", to: "\(window.to)", exposure: isHouse ? nil : money(outcome.exposure),
                shortfall: isHouse ? nil : money(outcome.shortfall),
                coverTwo: isHouse ? money(outcome.coverTwo) : nil, groups: outcome.groups.map(\.text))
        }
    }
}
