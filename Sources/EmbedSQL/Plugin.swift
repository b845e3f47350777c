import Foundation
import PackagePlugin

/// Runs `embed-sql` over every file below sql/ before the target that uses this plugin is compiled.
@main
struct EmbedSQL: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL.appending(path: "sql")
        let files = try Self.files(below: root).sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSQL.swift")
        return [
            .buildCommand(
                displayName: "Embedding sql/", executable: try context.tool(named: "embed-sql").url,
                arguments: [output.path, root.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
        ]
    }

    /// Every file, whatever its name: what `embed-sql` cannot place it refuses, so that none is left out unseen.
    private static func files(below folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
            .flatMap { url in
                try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true ? files(below: url) : [url]
            }
    }
}
