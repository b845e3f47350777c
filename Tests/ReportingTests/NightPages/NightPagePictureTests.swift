import Foundation
import Quantities
import Reporting
import Testing

/// The pages of a night as a browser shows them, held to their figures.
@Suite(.enabled(if: Chromium.path != nil, "chromium is not installed: run jobs/setup-readers.sh"))
struct NightPagePictureTests {
    static let samples = ["ordinary", "bare", "wide", "house"]

    private static func member(_ name: String) -> MemberPageContent? {
        ["ordinary": NightPageSamples.ordinary, "bare": NightPageSamples.bare, "wide": NightPageSamples.wide][name]
    }

    private static func page(_ name: String) -> [UInt8] {
        member(name).map { MemberPage.page($0, header: sampleHeader).bytes }
            ?? HousePage.page(NightPageSamples.house, header: sampleHeader).bytes
    }

    @Test(arguments: samples) func `stays on its sheet, every mark where its figure is`(_ name: String) throws {
        for width in [794, 703] {
            let picture = try Chromium.picture(of: Self.page(name), width: width)
            #expect(picture.faults == [], "at \(width)")
            let drawings = [
                "ordinary": ["requirement-JPY", "requirement-USD", "moved-USD", "nights-USD"], "bare": [],
                "wide": ["requirement-USD", "nights-USD", "nights-JPY"],
                "house": ["changes-JPY", "changes-USD", "nights-JPY", "nights-USD"],
            ]
            #expect(picture.drawings.map(\.id) == drawings[name])
        }
    }

    @Test(arguments: ["ordinary", "bare", "wide"]) func `shows every figure of its content as text`(
        _ name: String
    ) throws {
        let content = try #require(Self.member(name))
        let text = try Chromium.picture(of: Self.page(name), width: 794).text
        let words = Set(text.split { $0.isWhitespace || $0 == "," }.map(String.init))
        func digits(_ money: Money) -> String { money.amount.text(decimals: money.currency.decimals) }
        var figures: [String] = []
        for call in content.calls {
            figures += [
                call.requirement, call.addOns, call.unpaidVariationMargin, call.collateralValue, call.intradayCollected,
                call.deficit, call.callAmount, call.returnAmount,
            ].map(digits)
        }
        for buildUp in content.buildUps {
            figures += buildUp.steps.map { digits(buildUp.amount($0)) } + [digits(buildUp.requirement)]
        }
        for attribution in content.attributions {
            figures +=
                ([attribution.before, attribution.today] + attribution.effects.values.filter { $0.minorUnits != 0 })
                .map(digits)
        }
        for account in content.tomorrow?.accounts ?? [] {
            figures += [account.margin, account.collateralValue, account.callAmount].map(digits)
        }
        for night in content.nights.flatMap(\.nights) {
            figures += [night.margin, night.collateralValue, night.callAmount].map(digits) + ["\(night.date)"]
        }
        for position in content.positions {
            figures += ["\(position.long)", "\(position.short)", digits(position.alone)]
        }
        for trade in content.reducingTrades ?? [] { figures += [trade.lowersBy, trade.requirement].map(digits) }
        figures += content.corrections.map { "\($0.number)" }
        #expect(figures.filter { !words.contains($0) } == [])
        #expect(figures.count > 7)
    }

    @Test func `a member of three accounts, two currencies and twenty nights prints on two sheets`() throws {
        let text = String(decoding: try Chromium.print(Self.page("ordinary")), as: UTF8.self)
        #expect(text.matches(of: /\/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]/).count == 2)
    }

    /// A sign that is turned is seen: a bar that goes the other way than its amount stands beside its figure.
    @Test func `is found out where a bar goes the wrong way`() throws {
        let text = String(decoding: Self.page("ordinary"), as: UTF8.self)
        let saved = try #require(text.firstMatch(of: /data-from="(5656515)" data-to="(31191493)"/))
        let turned = text.replacing(saved.output.0, with: "data-from=\"31191493\" data-to=\"56726471\"")
        #expect(turned != text)
        let picture = try Chromium.picture(of: Array(turned.utf8), width: 794)
        #expect(picture.drawings.flatMap(\.misplaced).count == 2)
    }

    @Test func `hostile names are text and nothing else`() throws {
        let picture = try Chromium.picture(of: Self.page("wide"), width: 794)
        #expect(picture.loads == [])
        for name in ["<script>alert(1)</script>", "<b>&'\"=1+1", "</td>", "<img src=x onerror=alert(1)>", "]]>"] {
            #expect(picture.text.contains(name), "\(name)")
        }
    }
}
