/// The schema as sql/ holds it, carried in the binary: the files of sql/schema, each followed by the functions of
/// sql/functions that need it, and the upgrades of sql/upgrades.
package struct Schema: Sendable {
    /// A file of sql/schema. Files are installed in the order of their names.
    package struct File: Sendable {
        /// The file's name without its ending, such as `04-house`.
        package let name: String
        package let text: String
    }

    /// A function of sql/functions, `create or replace` and all; those of one name that differ in their parameters
    /// stand together.
    package struct Function: Sendable {
        /// The function's and the file's name.
        package let name: String
        /// The schema file after which it is installed, because its parameters or its rows are of a type made there.
        package let after: String
        package let text: String

        package init(name: String, after: String, text: String) {
            self.name = name
            self.after = after
            self.text = text
        }
    }

    /// What brings a database of the release before to a release: one file of sql/upgrades.
    package struct Upgrade: Sendable {
        /// The release it leads to, 1 or more.
        package let release: Int
        /// The file's name without its ending, such as `0001-stress`.
        package let name: String
        package let text: String

        package init(release: Int, name: String, text: String) {
            self.release = release
            self.name = name
            self.text = text
        }
    }

    /// What a database made now gets: every upgrade's effect is in it already.
    package let files: [File]
    /// Sorted by name.
    package let functions: [Function]
    /// Ascending by release, without a gap from 1.
    package let upgrades: [Upgrade]

    package init(files: [File], functions: [Function], upgrades: [Upgrade]) {
        self.files = files
        self.functions = functions
        self.upgrades = upgrades
    }

    /// The release that this schema is of; 0 before the first upgrade.
    package var release: Int { upgrades.last?.release ?? 0 }

    /// The statements that make it in an empty database, as one text.
    package var text: String {
        files.flatMap { file in [file.text] + functions.filter { $0.after == file.name }.map(\.text) }
            .joined(separator: "\n")
    }

    /// The text that a database made now is known by; functions are known each by its own.
    var tablesText: String { files.map(\.text).joined(separator: "\n") }
}

/// Why the database's schema and this program do not fit.
package enum SchemaMismatch: Error, Equatable {
    /// It was made before schemas had releases.
    case unreleased
    /// There is none.
    case missing
    /// It is of an earlier release than the program's.
    case older(release: Int, needed: Int)
    /// It is of a release this program does not know.
    case newer(release: Int, known: Int)
    /// It is of the program's release and was made from another text.
    case edited(release: Int)
    /// Functions that are not there, or have another text than the program's.
    case functions([String])
}
