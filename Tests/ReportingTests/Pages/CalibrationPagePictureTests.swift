import Foundation
import Quantities
import Reporting
import Testing

/// The page of a calibration as a browser shows it, held to its figures.
@Suite(.enabled(if: Chromium.path != nil, "chromium is not installed: run jobs/setup-readers.sh"))
struct CalibrationPagePictureTests {
    @Test(arguments: ["quarterly", "bare"])
    func `stays on its sheet, every figure is text and every mark where its day and figure are`(_ name: String) throws {
        let content = name == "bare" ? CalibrationPageSamples.bare : CalibrationPageSamples.quarterly
        let page = CalibrationPage.page(content)
        #expect(page == CalibrationPage.page(content))
        for width in StressPagePictureTests.widths {
            let picture = try Chromium.picture(of: page, width: width)
            #expect(picture.faults == [], "at \(width)")
            #expect(picture.drawings.map(\.id) == (name == "bare" ? [] : ["bounds-1", "bounds-2"]))
            let words = Set(picture.text.split { $0.isWhitespace || $0 == "," }.map(String.init))
            for opinion in content.opinions {
                let figures = [
                    opinion.value?.description ?? "–", "\(opinion.exceptions)", "\(opinion.nights)",
                    opinion.coverage.text(decimals: 6), "\(opinion.meanMargin)", opinion.method,
                ]
                #expect(figures.filter { !words.contains($0) } == [])
                #expect(picture.text.contains(opinion.spread))
            }
            #expect(picture.text.contains("A second opinion") == (name == "quarterly"))
            #expect(content.crises.joined().filter { !words.contains($0) } == [])
            #expect(picture.text.contains("ends before: \(content.missedCrises.joined(separator: "; "))."))
            for item in content.items {
                var figures = [item.old?.description ?? "–", item.new.description]
                figures += item.bounds.map(\.value.description)
                for point in item.history {
                    figures += point.bounds.map(\.value.description) + ["\(point.date)", point.proposed.description]
                }
                for tool in item.tools {
                    figures += [tool.with, tool.without, tool.with - tool.without].map(\.description)
                }
                #expect(figures.filter { !words.contains($0) } == [])
                #expect(picture.text.contains(item.name))
            }
        }
    }

    /// Of each quarter a dot on the bound that binds, and on no other.
    @Test func `a dot a quarter lies on the bound that binds, and a swapped one is seen`() throws {
        let item = try #require(CalibrationPageSamples.quarterly.items.first)
        let page = CalibrationPage.page(CalibrationPageSamples.quarterly)
        let drawing = try Chromium.picture(of: page, width: 794).drawings[0]
        let binding = item.history.flatMap { point in
            point.bounds.filter(\.binds).map { "\(point.date) \($0.value.double)" }
        }
        #expect(drawing.marks.map { "\($0.day ?? "") \($0.at ?? 0)" } == binding && binding.count >= 40)
        let text = String(decoding: page, as: UTF8.self)
        let dot = try #require(text.firstMatch(of: /cy="([0-9.]+)" r="2.5"/))
        let value = try #require(Double(dot.output.1))
        let moved = text.replacing(dot.output.0, with: "cy=\"\(value + 2)\" r=\"2.5\"", maxReplacements: 1)
        #expect(try Chromium.picture(of: Array(moved.utf8), width: 794).faults.count == 1)
    }
}
