import Margining
import PlainMargin
import Quantities
import Testing

/// Where document and product are known to differ (docs/proof.md): each is held fast until it is settled.
struct KnownDifferenceTests {
    /// Below 1 the ratio leaves a long option's value larger than the risk it was limited to. The document's formula
    /// lets the rest count against another combined commodity; the product floors each at 0.
    @Test func `an omnibus account's option values stay in their combined commodity only in the product`() throws {
        var house = PlainHouse.classicHouse()
        house.commodity("X")
        house.commodity("Y")
        house.option(
            "XC", of: "X", Listed.first, .call(isPremium: true), risk: 1000, timeValue: 100, delta: "0.5")
        house.future("YF", of: "Y", Listed.first, risk: 1000)
        var account = PlainAccount.of(.grossOmnibus, ratio: "0.5")
        account.owners = [[PlainPosition("XC", long: 1, short: 0), PlainPosition("YF", long: 0, short: 1)]]
        var scratch = KernelScratch()
        let found = try ProofBook(house).requirement(of: account, scratch: &scratch)
        #expect(house.requirement(of: account).requirement == 450)
        #expect(found.requirement.minorUnits == 500_00)
    }

    /// An account holds a series in one row: the product nets long and short of a row, not of two rows.
    @Test func `two rows of one series are netted by the document and not by the product`() throws {
        let house = OptionHouses.options(.gross)
        var account = PlainAccount.plain
        account.owners = [[PlainPosition("XT", long: 1, short: 0), PlainPosition("XT", long: 0, short: 1)]]
        var scratch = KernelScratch()
        let found = try ProofBook(house).requirement(of: account, scratch: &scratch)
        #expect(house.requirement(of: account).requirement == 0)
        #expect(found.requirement.minorUnits == 412_50)
        account.owners = [[PlainPosition("XT", long: 1, short: 1)]]
        #expect(try ProofBook(house).requirement(of: account, scratch: &scratch).requirement.minorUnits == 0)
    }
}
