import Foundation
import Quantities
import Reporting
import Testing

/// The page of a backtest as a browser shows it, held to its figures.
@Suite(.enabled(if: Chromium.path != nil, "chromium is not installed: run jobs/setup-readers.sh"))
struct BacktestPagePictureTests {
    private static let samples = ["forty", "calm", "bare", "wide"]

    private static func content(_ name: String) -> BacktestPageContent {
        switch name {
        case "forty": BacktestPageSamples.forty
        case "calm": BacktestPageSamples.calm
        case "wide": BacktestPageSamples.wide
        default: BacktestPageSamples.bare
        }
    }

    @Test(arguments: samples) func `stays on its sheet, every mark where its day and figure are`(_ name: String) throws
    {
        let page = BacktestPage.page(Self.content(name))
        #expect(page == BacktestPage.page(Self.content(name)))
        for width in StressPagePictureTests.widths {
            let picture = try Chromium.picture(of: page, width: width)
            #expect(picture.faults == [], "at \(width)")
            let ids = picture.drawings.map(\.id)
            if name == "forty" { #expect(ids == ["walk-1", "walk-1-1", "walk-1-2", "walk-1-3"]) }
            if name == "calm" { #expect(ids == ["walk-1"] && picture.drawings[0].marks.map(\.kind) == ["mark peak"]) }
            if name == "bare" { #expect(ids == []) }
        }
    }

    /// A dot for each exception, on the day and at the size of its move; the years' counts are those of the days.
    @Test func `shows every exception as a dot and every year and table as text`() throws {
        let content = BacktestPageSamples.forty
        let walk = try #require(content.walks.first)
        let picture = try Chromium.picture(of: BacktestPage.page(content), width: 794)
        let exceptions = walk.days.filter { day in day.move.map { $0 > day.margin } ?? false }
        #expect(exceptions.count > 100)
        let dots = picture.drawings[0].marks.filter { $0.kind == "mark exception" }
        #expect(dots.map(\.day) == exceptions.map { "\($0.date)" })
        #expect(dots.map { $0.at.map { Int64(($0 * 100).rounded()) } } == exceptions.map(\.move))
        let words = Set(picture.text.split { $0.isWhitespace || $0 == "," }.map(String.init))
        var figures = ["0.024693", "1.000000", "2018-12-27"]
        for (year, days) in Dictionary(grouping: walk.days, by: \.date.civil.year) {
            figures += ["\(year)", "\(days.count)"]
            figures += [days.map(\.margin).max(), days.map(\.margin).min(), days.compactMap(\.move).max()].map {
                walk.text($0 ?? 0)
            }
        }
        for day in exceptions.suffix(60) { figures += ["\(day.date)", walk.text((day.move ?? 0) - day.margin)] }
        #expect(figures.filter { !words.contains($0) } == [])
        #expect(picture.text.contains("The backtest asks for no change."))
    }

    /// A dot that is moved by two pixels either way is seen.
    @Test(arguments: ["cx", "cy"]) func `is found out where a dot stands beside its figure`(_ place: String) throws {
        let text = String(decoding: BacktestPage.page(BacktestPageSamples.forty), as: UTF8.self)
        let dots = text.matches(of: /class="mark exception"[^>]*cx="([0-9.]+)" cy="([0-9.]+)"/)
        let dot = try #require(dots.dropFirst(3).first)
        let found = place == "cx" ? dot.output.1 : dot.output.2
        let value = try #require(Double(found))
        let moved = dot.output.0.replacing("\(place)=\"\(found)\"", with: "\(place)=\"\(value + 2)\"")
        let page = text.replacing(dot.output.0, with: moved, maxReplacements: 1)
        let picture = try Chromium.picture(of: Array(page.utf8), width: 794)
        #expect(picture.faults.count == 1, "\(picture.faults)")
    }

    @Test func `hostile names are text and nothing else`() throws {
        let picture = try Chromium.picture(of: BacktestPage.page(BacktestPageSamples.wide), width: 794)
        #expect(picture.text.contains("<b>OIL & \"GAS\"</b> of the longest name"))
        #expect(picture.text.contains("<script>alert(1)</script>") && picture.loads == [])
    }
}
