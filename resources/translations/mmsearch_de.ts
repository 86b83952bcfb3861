<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="de">
    <context>
        <name>Banner</name>
        <message>
            <source>Copy details</source>
            <translation>Details kopieren</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Search for it as words</source>
            <translation>Als Wörter suchen</translation>
        </message>
        <message>
            <source>Something went wrong inside mmsearch. Your files are not affected.</source>
            <translation>In mmsearch ist ein Fehler aufgetreten. Die eigenen Dateien sind nicht betroffen.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>You can go on. The details help to mend it.</source>
            <translation>Die Arbeit kann weitergehen. Die Details helfen, den Fehler zu beheben.</translation>
        </message>
    </context>
    <context>
        <name>BrushHistogram</name>
        <message>
            <source>{0}: {1} files</source>
            <translation>{0}: {1} Dateien</translation>
        </message>
    </context>
    <context>
        <name>ChipButton</name>
        <message>
            <source>Perhaps {0}?</source>
            <translation>Vielleicht {0}?</translation>
        </message>
        <message>
            <source>Remove {0}</source>
            <translation>{0} entfernen</translation>
        </message>
    </context>
    <context>
        <name>ChipLine</name>
        <message>
            <source>Edit in the search box</source>
            <translation>Im Suchfeld bearbeiten</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>From the filters in the side column</source>
            <translation>Aus den Filtern der Seitenleiste</translation>
        </message>
        <message>
            <source>From “{0}”</source>
            <translation>Aus „{0}“</translation>
        </message>
        <message>
            <source>How the query was understood</source>
            <translation>So wurde die Anfrage verstanden</translation>
        </message>
        <message>
            <source>Read “{0}” as a filter</source>
            <translation>„{0}“ als Filter verstehen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Search for the words</source>
            <translation>Nach den Wörtern suchen</translation>
        </message>
        <message>
            <source>Search for the words instead</source>
            <translation>Stattdessen nach den Wörtern suchen</translation>
        </message>
        <message>
            <source>Write it as a filter</source>
            <translation>Als Filter schreiben</translation>
        </message>
    </context>
    <context>
        <name>ClipDrag</name>
        <message>
            <source>Cutting {0}… Keep the button pressed.</source>
            <translation>{0} wird geschnitten… Halten Sie die Taste gedrückt.</translation>
        </message>
        <message>
            <source>Only a found part of a film or sound can be dragged with Alt.</source>
            <translation>Nur eine Fundstelle in Film oder Ton lässt sich mit Alt ziehen.</translation>
        </message>
        <message>
            <source>The clip is ready. Drag it again with Alt.</source>
            <translation>Der Ausschnitt ist fertig. Ziehen Sie ihn noch einmal mit Alt.</translation>
        </message>
    </context>
    <context>
        <name>ClipRow</name>
        <message>
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Progress of the clip</source>
            <translation>Fortschritt des Ausschnitts</translation>
        </message>
        <message>
            <source>Save the found part</source>
            <translation>Gefundene Stelle speichern</translation>
        </message>
        <message>
            <source>Saved {0}.</source>
            <translation>{0} gespeichert.</translation>
        </message>
        <message>
            <source>Saving {0}…</source>
            <translation>{0} wird gespeichert …</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
    </context>
    <context>
        <name>CodeView</name>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
    </context>
    <context>
        <name>CompletionList</name>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
    </context>
    <context>
        <name>DetailsModel</name>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Found at</source>
            <translation>Fundstelle</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>Treffergüte</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
    </context>
    <context>
        <name>DriveFlow</name>
        <message>
            <source>{0} is connected again.</source>
            <translation>{0} ist wieder angeschlossen.</translation>
        </message>
        <message>
            <source>{0} is not connected any more. What it holds can still be found.</source>
            <translation>{0} ist nicht mehr angeschlossen. Was darauf liegt, lässt sich weiter finden.</translation>
        </message>
    </context>
    <context>
        <name>DropOverlay</name>
        <message>
            <source>Add to library</source>
            <translation>In die Bibliothek aufnehmen</translation>
        </message>
        <message>
            <source>Find files that look, sound or read like it.</source>
            <translation>Findet Dateien, die ähnlich aussehen, klingen oder lauten.</translation>
        </message>
        <message>
            <source>Its files become searchable. Nothing is copied or moved.</source>
            <translation>Die Dateien werden durchsuchbar. Nichts wird kopiert oder verschoben.</translation>
        </message>
        <message>
            <source>Search by this</source>
            <translation>Damit suchen</translation>
        </message>
    </context>
    <context>
        <name>EncodingAnew</name>
        <message>
            <source>{n} file has yet to be encoded with {0}; until then it is not found.</source>
            <translation>{n} Datei ist noch mit {0} zu kodieren; bis dahin wird sie nicht gefunden.</translation>
        </message>
        <message>
            <source>{n} file has yet to be encoded with {0}; until then the model before answers.</source>
            <translation>{n} Datei ist noch mit {0} zu kodieren; bis dahin antwortet das bisherige Modell.</translation>
        </message>
        <message>
            <source>{n} file is being encoded anew with {0}; until then it is not found.</source>
            <translation>{n} Datei wird mit {0} neu kodiert; bis dahin wird sie nicht gefunden.</translation>
        </message>
        <message>
            <source>{n} file is being encoded anew with {0}; until then the model before answers.</source>
            <translation>{n} Datei wird mit {0} neu kodiert; bis dahin antwortet das bisherige Modell.</translation>
        </message>
        <message>
            <source>{n} files are being encoded anew with {0}; until then the model before answers.</source>
            <translation>{n} Dateien werden mit {0} neu kodiert; bis dahin antwortet das bisherige Modell.</translation>
        </message>
        <message>
            <source>{n} files are being encoded anew with {0}; until then they are not found.</source>
            <translation>{n} Dateien werden mit {0} neu kodiert; bis dahin werden sie nicht gefunden.</translation>
        </message>
        <message>
            <source>{n} files have yet to be encoded with {0}; until then the model before answers.</source>
            <translation>{n} Dateien sind noch mit {0} zu kodieren; bis dahin antwortet das bisherige Modell.</translation>
        </message>
        <message>
            <source>{n} files have yet to be encoded with {0}; until then they are not found.</source>
            <translation>{n} Dateien sind noch mit {0} zu kodieren; bis dahin werden sie nicht gefunden.</translation>
        </message>
    </context>
    <context>
        <name>ErrorFlow</name>
        <message>
            <source>Export the list</source>
            <translation>Liste exportieren</translation>
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation>Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>Text (*.txt)</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Written to {0}.</source>
            <translation>Geschrieben nach {0}.</translation>
        </message>
        <message>
            <source>unreadable files.csv</source>
            <translation>unlesbare Dateien.csv</translation>
        </message>
        <message>
            <source>{n} file is ignored now.</source>
            <translation>{n} Datei wird jetzt übergangen.</translation>
        </message>
        <message>
            <source>{n} files are ignored now.</source>
            <translation>{n} Dateien werden jetzt übergangen.</translation>
        </message>
    </context>
    <context>
        <name>ErrorList</name>
        <message>
            <source>All other files are in the library. A file is tried again when it changes.</source>
            <translation>Alle anderen Dateien sind in der Bibliothek. Ändert sich eine Datei, wird sie erneut versucht.</translation>
        </message>
        <message>
            <source>Back to the others</source>
            <translation>Zurück zu den anderen</translation>
        </message>
        <message>
            <source>Back to the results (Esc)</source>
            <translation>Zurück zu den Ergebnissen (Esc)</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Details kopieren</translation>
        </message>
        <message>
            <source>Copy list</source>
            <translation>Liste kopieren</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Do not ignore any more</source>
            <translation>Nicht mehr übergehen</translation>
        </message>
        <message>
            <source>Every file could be read</source>
            <translation>Jede Datei konnte gelesen werden</translation>
        </message>
        <message>
            <source>Every other file could be read</source>
            <translation>Alle übrigen Dateien konnten gelesen werden</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren …</translation>
        </message>
        <message>
            <source>Ignore</source>
            <translation>Übergehen</translation>
        </message>
        <message>
            <source>Ignored: {0}</source>
            <translation>Übergangen: {0}</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>They are not tried again, and not counted.</source>
            <translation>Sie werden nicht wieder versucht und nicht gezählt.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>Alle noch einmal versuchen</translation>
        </message>
        <message>
            <source>Unreadable files</source>
            <translation>Nicht lesbare Dateien</translation>
        </message>
        <message>
            <source>{n} file could not be read</source>
            <translation>{n} Datei konnte nicht gelesen werden</translation>
        </message>
        <message>
            <source>{n} files could not be read</source>
            <translation>{n} Dateien konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>{n} ignored file</source>
            <translation>{n} übergangene Datei</translation>
        </message>
        <message>
            <source>{n} ignored files</source>
            <translation>{n} übergangene Dateien</translation>
        </message>
    </context>
    <context>
        <name>ErrorModel</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
    </context>
    <context>
        <name>FacetList</name>
        <message>
            <source>{0} more</source>
            <translation>{0} weitere</translation>
        </message>
    </context>
    <context>
        <name>FacetRow</name>
        <message>
            <source>{0}, {1} files</source>
            <translation>{0}, {1} Dateien</translation>
        </message>
    </context>
    <context>
        <name>FilterPanel</name>
        <message>
            <source>FILTERS</source>
            <translation>FILTER</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
    </context>
    <context>
        <name>FirstRunPage</name>
        <message>
            <source>Add folders…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Add these {n} folders</source>
            <translation>Diese {n} Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Add this folder</source>
            <translation>Diesen Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Choose folders: mmsearch reads the pictures, videos, sounds and code in them, and from then on you find them by describing them, or by an example. Nothing leaves this computer, and nothing in your folders is changed.</source>
            <translation>Ordner auswählen: mmsearch liest die Bilder, Videos, Tonaufnahmen und den Code darin. Von da an lassen sie sich durch eine Beschreibung oder ein Beispiel finden. Nichts verlässt diesen Computer, und in den Ordnern wird nichts verändert.</translation>
        </message>
        <message>
            <source>Other folders…</source>
            <translation>Andere Ordner …</translation>
        </message>
        <message>
            <source>Search your own files by meaning</source>
            <translation>Eigene Dateien nach Bedeutung durchsuchen</translation>
        </message>
        <message>
            <source>Together {0}. You can search meanwhile.</source>
            <translation>Zusammen {0}. Suchen geht schon dabei.</translation>
        </message>
        <message>
            <source>Try the sample collection</source>
            <translation>Beispiele ausprobieren</translation>
        </message>
        <message>
            <source>or drop folders anywhere in this window</source>
            <translation>oder Ordner irgendwo in dieses Fenster ziehen</translation>
        </message>
    </context>
    <context>
        <name>FolderOffer</name>
        <message>
            <source>Counting…</source>
            <translation>Wird gezählt …</translation>
        </message>
        <message>
            <source>Counting… {n} file so far</source>
            <translation>Wird gezählt … bisher {n} Datei</translation>
        </message>
        <message>
            <source>Counting… {n} files so far</source>
            <translation>Wird gezählt … bisher {n} Dateien</translation>
        </message>
        <message>
            <source>Nothing that mmsearch reads</source>
            <translation>Nichts, was mmsearch liest</translation>
        </message>
    </context>
    <context>
        <name>FolderPanel</name>
        <message>
            <source>Add folders…</source>
            <translation>Hinzufügen …</translation>
        </message>
        <message>
            <source>Forget this folder…</source>
            <translation>Ordner aus der Bibliothek nehmen …</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>BIBLIOTHEK</translation>
        </message>
        <message>
            <source>Look for new and changed files</source>
            <translation>Nach Änderungen suchen</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>Show unreadable files ({0})</source>
            <translation>Unlesbare Dateien zeigen ({0})</translation>
        </message>
    </context>
    <context>
        <name>FolderTree</name>
        <message>
            <source>Folders to search in</source>
            <translation>Zu durchsuchende Ordner</translation>
        </message>
    </context>
    <context>
        <name>FolderTreeModel</name>
        <message>
            <source>{0}, {1} files</source>
            <translation>{0}, {1} Dateien</translation>
        </message>
    </context>
    <context>
        <name>HitActions</name>
        <message>
            <source>Copied; paste it where you need it.</source>
            <translation>Kopiert und bereit zum Einfügen.</translation>
        </message>
        <message>
            <source>Path copied.</source>
            <translation>Pfad kopiert.</translation>
        </message>
        <message>
            <source>They lie in {0} folders. At most {1} are shown at once.</source>
            <translation>Sie liegen in {0} Ordnern. Höchstens {1} werden auf einmal gezeigt.</translation>
        </message>
        <message>
            <source>Without {0}. Remove its chip to have it back.</source>
            <translation>Ohne {0}. Wird die Marke unter dem Suchfeld entfernt, ist der Ordner wieder dabei.</translation>
        </message>
        <message>
            <source>{0} files are selected. At most {1} are opened at once.</source>
            <translation>{0} Dateien sind ausgewählt. Höchstens {1} werden auf einmal geöffnet.</translation>
        </message>
        <message>
            <source>{0} is on a drive that is not connected.</source>
            <translation>{0} liegt auf einem Laufwerk, das nicht angeschlossen ist.</translation>
        </message>
        <message>
            <source>{0} paths copied.</source>
            <translation>{0} Pfade kopiert.</translation>
        </message>
    </context>
    <context>
        <name>HubBars</name>
        <message>
            <source>Below: how often among the first ten. Grey: as it would be. Coloured: as it is.</source>
            <translation>Unten: wie oft unter den ersten zehn. Grau: ohne Ausgleich. Farbig: wie es ist.</translation>
        </message>
        <message>
            <source>How many files turn up how often, before and after</source>
            <translation>Wie viele Dateien wie oft erscheinen, vorher und nachher</translation>
        </message>
    </context>
    <context>
        <name>HubCard</name>
        <message>
            <source>Balanced by {0}: {1}.</source>
            <translation>Ausgeglichen durch {0}: {1}.</translation>
        </message>
        <message>
            <source>Not balanced: {0}.</source>
            <translation>Nicht ausgeglichen: {0}.</translation>
        </message>
        <message>
            <source>Skewness {0} before, {1} after.</source>
            <translation>Schiefe vorher {0}, nachher {1}.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Wörter</translation>
        </message>
        <message>
            <source>now no file more than {0}.</source>
            <translation>jetzt keine Datei mehr als {0}-mal.</translation>
        </message>
        <message>
            <source>{0} turned up {1} times;</source>
            <translation>{0} erschien {1}-mal;</translation>
        </message>
        <message>
            <source>{0} turns up most often, {1} times.</source>
            <translation>{0} erscheint am häufigsten, {1}-mal.</translation>
        </message>
    </context>
    <context>
        <name>HubPage</name>
        <message>
            <source>Back (Esc)</source>
            <translation>Zurück (Esc)</translation>
        </message>
        <message>
            <source>Decide anew</source>
            <translation>Neu entscheiden</translation>
        </message>
        <message>
            <source>Files that turn up too often</source>
            <translation>Zu oft erscheinende Dateien</translation>
        </message>
        <message>
            <source>In every collection some files come close to almost any query and push better ones down. Balancing takes off what they are close to anyway. The bars count files by how often they were among the first ten of some hundred queries: the further right, the more they turn up. Grey: without balancing; coloured: as it is.</source>
            <translation>In jeder Sammlung kommen manche Dateien fast jeder Anfrage nahe und verdrängen bessere. Der Ausgleich zieht ab, was ihnen ohnehin nahe ist. Die Balken zählen Dateien danach, wie oft sie bei einigen hundert Anfragen unter den ersten zehn waren: je weiter rechts, desto häufiger. Grau: ohne Ausgleich; farbig: wie es ist.</translation>
        </message>
        <message>
            <source>Measure again what helps this library</source>
            <translation>Erneut messen, was dieser Bibliothek hilft</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Wird gemessen …</translation>
        </message>
        <message>
            <source>There is too little in the library for that.</source>
            <translation>Dafür enthält die Bibliothek zu wenig.</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>Close (Esc)</source>
            <translation>Schließen (Esc)</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
    </context>
    <context>
        <name>KindToggles</name>
        <message>
            <source>{0} only (Ctrl+{1})</source>
            <translation>Nur {0} (Strg+{1})</translation>
        </message>
    </context>
    <context>
        <name>LearnedSection</name>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Forget what was learned</source>
            <translation>Gelerntes vergessen</translation>
        </message>
        <message>
            <source>How much is learned</source>
            <translation>Wie viel gelernt ist</translation>
        </message>
        <message>
            <source>It is switched off.</source>
            <translation>Es ist ausgeschaltet.</translation>
        </message>
        <message>
            <source>Learn</source>
            <translation>Lernen</translation>
        </message>
        <message>
            <source>Learn anew</source>
            <translation>Neu lernen</translation>
        </message>
        <message>
            <source>Learn what you call things</source>
            <translation>Lernen, was wie genannt wird</translation>
        </message>
        <message>
            <source>Nothing is learned yet.</source>
            <translation>Noch ist nichts gelernt.</translation>
        </message>
        <message>
            <source>Nothing of it is kept; searches are as before.</source>
            <translation>Nichts davon wurde behalten; Suchen sind wie zuvor.</translation>
        </message>
        <message>
            <source>Searches use it.</source>
            <translation>Suchen benutzen es.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop learning</source>
            <translation>Lernen anhalten</translation>
        </message>
        <message>
            <source>Switch off</source>
            <translation>Ausschalten</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>Einschalten</translation>
        </message>
        <message>
            <source>There are no files yet to learn from.</source>
            <translation>Noch gibt es keine Dateien, aus denen sich lernen lässt.</translation>
        </message>
        <message>
            <source>mmsearch learns from titles, from names that are words, and from thumbs up and down; it takes a minute or more. What it learns is kept for a kind of file only if files that it did not learn from are found better: the figures rise towards 1, which is always in first place.</source>
            <translation>mmsearch lernt aus Titeln, aus Namen, die Wörter sind, und aus Daumen hoch und runter; das dauert eine Minute oder länger. Was es lernt, wird für eine Art von Dateien nur behalten, wenn Dateien, aus denen es nicht gelernt hat, besser gefunden werden: Die Zahlen steigen dann in Richtung 1, was immer der erste Platz ist.</translation>
        </message>
        <message>
            <source>{0}: kept ({1} → {2})</source>
            <translation>{0}: behalten ({1} → {2})</translation>
        </message>
        <message>
            <source>{0}: not kept ({1} → {2})</source>
            <translation>{0}: nicht behalten ({1} → {2})</translation>
        </message>
        <message>
            <source>{0}: too little to learn from; named files: {1} (it takes {2}), different names: {3} (it takes {4})</source>
            <translation>{0}: zu wenig zum Lernen; benannte Dateien: {1} (nötig sind {2}), verschiedene Namen: {3} (nötig sind {4})</translation>
        </message>
    </context>
    <context>
        <name>LearningFlow</name>
        <message>
            <source>Learning: {0}</source>
            <translation>Gelernt wird: {0}</translation>
        </message>
        <message>
            <source>Learning…</source>
            <translation>Es wird gelernt …</translation>
        </message>
    </context>
    <context>
        <name>LegendEntry</name>
        <message>
            <source>Show or hide on the map</source>
            <translation>Auf der Karte zeigen oder verbergen</translation>
        </message>
        <message>
            <source>{n} file</source>
            <translation>{n} Datei</translation>
        </message>
        <message>
            <source>{n} files</source>
            <translation>{n} Dateien</translation>
        </message>
    </context>
    <context>
        <name>LibrariesFlow</name>
        <message>
            <source>Another window cannot be started.</source>
            <translation>Ein weiteres Fenster lässt sich nicht öffnen.</translation>
        </message>
        <message>
            <source>This library is open in this window.</source>
            <translation>Diese Bibliothek ist in diesem Fenster geöffnet.</translation>
        </message>
        <message>
            <source>{0} is not an mmsearch library.</source>
            <translation>{0} ist keine Bibliothek von mmsearch.</translation>
        </message>
        <message>
            <source>{0} is not empty; name a new folder.</source>
            <translation>{0} ist nicht leer; nennen Sie einen neuen Ordner.</translation>
        </message>
    </context>
    <context>
        <name>LibrariesSection</name>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Forget {0}</source>
            <translation>{0} vergessen</translation>
        </message>
        <message>
            <source>Leave it out of this list; nothing is deleted</source>
            <translation>Nicht mehr hier aufführen; gelöscht wird nichts</translation>
        </message>
        <message>
            <source>Make a new one…</source>
            <translation>Neue anlegen …</translation>
        </message>
        <message>
            <source>Name a new folder for the library</source>
            <translation>Neuen Ordner für die Bibliothek nennen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open a library</source>
            <translation>Bibliothek öffnen</translation>
        </message>
        <message>
            <source>Open another…</source>
            <translation>Andere öffnen …</translation>
        </message>
        <message>
            <source>Open {0}</source>
            <translation>{0} öffnen</translation>
        </message>
        <message>
            <source>mmsearch library</source>
            <translation>mmsearch-Bibliothek</translation>
        </message>
    </context>
    <context>
        <name>LibraryFlow</name>
        <message>
            <source>Add a folder to the library</source>
            <translation>Ordner in die Bibliothek aufnehmen</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Details kopieren</translation>
        </message>
        <message>
            <source>Opening the library…</source>
            <translation>Die Bibliothek wird geöffnet …</translation>
        </message>
        <message>
            <source>Start it again</source>
            <translation>Noch einmal starten</translation>
        </message>
        <message>
            <source>The library is still being opened.</source>
            <translation>Die Bibliothek wird noch geöffnet.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Dark colours</source>
            <translation>Dunkle Farben</translation>
        </message>
        <message>
            <source>Light colours</source>
            <translation>Helle Farben</translation>
        </message>
    </context>
    <context>
        <name>MapPage</name>
        <message>
            <source>Back (Esc)</source>
            <translation>Zurück (Esc)</translation>
        </message>
        <message>
            <source>Drawing the map…</source>
            <translation>Die Karte wird gezeichnet …</translation>
        </message>
        <message>
            <source>Map of the library</source>
            <translation>Karte der Bibliothek</translation>
        </message>
        <message>
            <source>Nothing is in the library yet; add folders to see them here.</source>
            <translation>In der Bibliothek ist noch nichts; hinzugefügte Ordner erscheinen hier.</translation>
        </message>
        <message>
            <source>What is alike lies together. Click a file to search by it.</source>
            <translation>Was sich ähnelt, liegt beieinander. Ein Klick auf eine Datei sucht nach Ähnlichem.</translation>
        </message>
        <message>
            <source>{0} of {1} files, drawn at random.</source>
            <translation>{0} von {1} Dateien, zufällig gewählt.</translation>
        </message>
    </context>
    <context>
        <name>MapView</name>
        <message>
            <source>Map; arrows step, Enter searches, plus and minus zoom</source>
            <translation>Karte; Pfeile gehen weiter, Eingabe sucht, Plus und Minus zoomen</translation>
        </message>
    </context>
    <context>
        <name>MediaView</name>
        <message>
            <source>Back to the found moment</source>
            <translation>Zurück zur Fundstelle</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play from the found moment</source>
            <translation>Ab der Fundstelle abspielen</translation>
        </message>
        <message>
            <source>Save the found part as a clip…</source>
            <translation>Gefundene Stelle als Ausschnitt speichern …</translation>
        </message>
        <message>
            <source>This file cannot be played here.</source>
            <translation>Diese Datei lässt sich hier nicht abspielen.</translation>
        </message>
    </context>
    <context>
        <name>MissingFlow</name>
        <message>
            <source>Forget them</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Keep them</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>They stay in the library for now, in case a drive is missing or was emptied by mistake. Nothing on your disk is touched either way.</source>
            <translation>Sie bleiben vorerst in der Bibliothek, falls ein Laufwerk fehlt oder versehentlich geleert wurde. Auf der Platte ändert sich so oder so nichts.</translation>
        </message>
        <message>
            <source>{0} of {1} files of “{2}” are gone.</source>
            <translation>{0} von {1} Dateien aus „{2}“ sind weg.</translation>
        </message>
    </context>
    <context>
        <name>ModelLine</name>
        <message>
            <source>Download</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Orders results anew</source>
            <translation>Ordnet Ergebnisse neu</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Says what pictures show</source>
            <translation>Sagt, was Bilder zeigen</translation>
        </message>
        <message>
            <source>Stop captions</source>
            <translation>Keine Bildtexte mehr</translation>
        </message>
        <message>
            <source>Stop reordering</source>
            <translation>Nicht mehr ordnen</translation>
        </message>
        <message>
            <source>Stop using</source>
            <translation>Nicht mehr verwenden</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Verwenden</translation>
        </message>
        <message>
            <source>Use for captions</source>
            <translation>Für Bildtexte verwenden</translation>
        </message>
        <message>
            <source>Use it alone</source>
            <translation>Allein verwenden</translation>
        </message>
        <message>
            <source>Use to reorder</source>
            <translation>Zum Ordnen verwenden</translation>
        </message>
        <message>
            <source>Writes down what is said</source>
            <translation>Schreibt auf, was gesagt wird</translation>
        </message>
        <message>
            <source>about {0}</source>
            <translation>etwa {0}</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>in use for captions</source>
            <translation>für Bildtexte</translation>
        </message>
        <message>
            <source>in use for the rest</source>
            <translation>für den Rest in Gebrauch</translation>
        </message>
        <message>
            <source>in use to reorder</source>
            <translation>zum Ordnen</translation>
        </message>
        <message>
            <source>licence not stated</source>
            <translation>Lizenz nicht angegeben</translation>
        </message>
        <message>
            <source>mini, which comes with mmsearch</source>
            <translation>mini, in mmsearch enthalten</translation>
        </message>
        <message>
            <source>{0}, not for commercial use</source>
            <translation>{0}, nicht für kommerzielle Nutzung</translation>
        </message>
    </context>
    <context>
        <name>ModelsFlow</name>
        <message>
            <source>Deleting…</source>
            <translation>Wird gelöscht …</translation>
        </message>
        <message>
            <source>Downloading {0}…</source>
            <translation>{0} wird heruntergeladen …</translation>
        </message>
        <message>
            <source>Reading {0}…</source>
            <translation>{0} wird gelesen …</translation>
        </message>
        <message>
            <source>Trying {0}…</source>
            <translation>{0} wird ausprobiert …</translation>
        </message>
        <message>
            <source>{0} {1} of {2}</source>
            <translation>{0} {1} von {2}</translation>
        </message>
    </context>
    <context>
        <name>ModelsSection</name>
        <message>
            <source>Add from file…</source>
            <translation>Aus Datei hinzufügen …</translation>
        </message>
        <message>
            <source>Choose a file of the model: its configuration or its weights</source>
            <translation>Eine Datei des Modells wählen: seine Konfiguration oder seine Gewichte</translation>
        </message>
        <message>
            <source>Delete it</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete “{0}” from this computer?</source>
            <translation>„{0}“ von diesem Computer löschen?</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>Hide models to download</source>
            <translation>Modelle zum Herunterladen ausblenden</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Leave it</source>
            <translation>Lassen</translation>
        </message>
        <message>
            <source>Models ({0})</source>
            <translation>Modelle ({0})</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>The library is empty: it costs nothing.</source>
            <translation>Die Bibliothek ist leer: Es kostet nichts.</translation>
        </message>
        <message>
            <source>Use it</source>
            <translation>Verwenden</translation>
        </message>
        <message>
            <source>Use “{0}” from now on?</source>
            <translation>„{0}“ von jetzt an verwenden?</translation>
        </message>
        <message>
            <source>{0} will be encoded anew, which takes {1}. Until then the model before answers.</source>
            <translation>Neu zu kodieren: {0}; das dauert {1}. Bis dahin antwortet das bisherige Modell.</translation>
        </message>
        <message>
            <source>{n} file</source>
            <translation>{n} Datei</translation>
        </message>
        <message>
            <source>{n} files</source>
            <translation>{n} Dateien</translation>
        </message>
        <message>
            <source>{n} model to download…</source>
            <translation>{n} Modell zum Herunterladen …</translation>
        </message>
        <message>
            <source>{n} models to download…</source>
            <translation>{n} Modelle zum Herunterladen …</translation>
        </message>
    </context>
    <context>
        <name>MomentBar</name>
        <message>
            <source>Next moment (N)</source>
            <translation>Nächste Stelle (N)</translation>
        </message>
        <message>
            <source>Previous moment (Shift+N)</source>
            <translation>Vorige Stelle (Umschalt+N)</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
    </context>
    <context>
        <name>OrderButton</name>
        <message>
            <source>Order of the results</source>
            <translation>Reihenfolge der Ergebnisse</translation>
        </message>
        <message>
            <source>Order of the results: {0}</source>
            <translation>Reihenfolge der Ergebnisse: {0}</translation>
        </message>
    </context>
    <context>
        <name>PictureCopy</name>
        <message>
            <source>Only pictures and films can be copied as a picture.</source>
            <translation>Nur Bilder und Filme lassen sich als Bild kopieren.</translation>
        </message>
        <message>
            <source>Picture copied.</source>
            <translation>Bild kopiert.</translation>
        </message>
    </context>
    <context>
        <name>PreviewPane</name>
        <message>
            <source>Copy path (Ctrl+Shift+C)</source>
            <translation>Pfad kopieren (Strg+Umschalt+C)</translation>
        </message>
        <message>
            <source>DETAILS</source>
            <translation>DETAILS</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Find similar (Ctrl+F)</source>
            <translation>Ähnliche finden (Strg+F)</translation>
        </message>
        <message>
            <source>Open (Enter)</source>
            <translation>Öffnen (Enter)</translation>
        </message>
        <message>
            <source>Open in the editor at the found line (E)</source>
            <translation>An der gefundenen Zeile im Editor öffnen (E)</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Select a result to see it here.</source>
            <translation>Ein ausgewähltes Ergebnis erscheint hier.</translation>
        </message>
        <message>
            <source>Show in folder (Ctrl+Enter)</source>
            <translation>Im Ordner zeigen (Strg+Enter)</translation>
        </message>
        <message>
            <source>WHY THIS RESULT</source>
            <translation>WARUM DIESES ERGEBNIS</translation>
        </message>
    </context>
    <context>
        <name>QuickLook</name>
        <message>
            <source>Close (Space)</source>
            <translation>Schließen (Leertaste)</translation>
        </message>
        <message>
            <source>Quick look</source>
            <translation>Schnellansicht</translation>
        </message>
    </context>
    <context>
        <name>ResultDelegate</name>
        <message>
            <source>offline</source>
            <translation>offline</translation>
        </message>
    </context>
    <context>
        <name>ResultGrid</name>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
    </context>
    <context>
        <name>ResultHead</name>
        <message>
            <source>Search without filters</source>
            <translation>Ohne Filter suchen</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Mehr zeigen</translation>
        </message>
        <message>
            <source>Show new</source>
            <translation>Neue zeigen</translation>
        </message>
    </context>
    <context>
        <name>ResultPage</name>
        <message>
            <source>No file is that close to what you look for. You see: “{0}”.</source>
            <translation>Keine Datei passt so gut zur Suche. Angezeigt wird: „{0}“.</translation>
        </message>
        <message>
            <source>No results</source>
            <translation>Keine Ergebnisse</translation>
        </message>
        <message>
            <source>Nothing in your library is close to this. The nearest:</source>
            <translation>Nichts passt gut dazu. Am nächsten liegen:</translation>
        </message>
        <message>
            <source>Nothing is close so far. The nearest:</source>
            <translation>Bisher passt nichts gut dazu. Am nächsten liegen:</translation>
        </message>
        <message>
            <source>Nothing is indexed yet. Results appear as files are read.</source>
            <translation>Noch ist nichts indiziert. Ergebnisse erscheinen, sobald Dateien gelesen sind.</translation>
        </message>
        <message>
            <source>Reset the filters</source>
            <translation>Filter zurücksetzen</translation>
        </message>
        <message>
            <source>Search all folders</source>
            <translation>Alle Ordner durchsuchen</translation>
        </message>
        <message>
            <source>Search all kinds</source>
            <translation>Alle Arten durchsuchen</translation>
        </message>
        <message>
            <source>Show all matches</source>
            <translation>Alle Treffer zeigen</translation>
        </message>
        <message>
            <source>Show in a better order</source>
            <translation>In besserer Reihenfolge zeigen</translation>
        </message>
        <message>
            <source>Show {n} new</source>
            <translation>{n} neue zeigen</translation>
        </message>
        <message>
            <source>You search only in: {0}.</source>
            <translation>Gesucht wird nur in: {0}.</translation>
        </message>
        <message>
            <source>You search only: {0}.</source>
            <translation>Gesucht wird nur nach: {0}.</translation>
        </message>
        <message>
            <source>{0} % searched</source>
            <translation>{0} % durchsucht</translation>
        </message>
        <message>
            <source>{0} of {1} files searched so far</source>
            <translation>{0} von {1} Dateien bisher durchsucht</translation>
        </message>
        <message>
            <source>{0} weaker below</source>
            <translation>{0} schwächere</translation>
        </message>
        <message>
            <source>{n} result</source>
            <translation>{n} Ergebnis</translation>
        </message>
        <message>
            <source>{n} results</source>
            <translation>{n} Ergebnisse</translation>
        </message>
    </context>
    <context>
        <name>ResultTable</name>
        <message>
            <source>Results as a list</source>
            <translation>Ergebnisse als Liste</translation>
        </message>
    </context>
    <context>
        <name>RootModel</name>
        <message>
            <source>Connect “{0}” to open it.</source>
            <translation>„{0}“ anschließen, um sie zu öffnen.</translation>
        </message>
        <message>
            <source>being read</source>
            <translation>wird gelesen</translation>
        </message>
        <message>
            <source>not connected</source>
            <translation>nicht angeschlossen</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
        <message>
            <source>{0} still to be read</source>
            <translation>{0} noch zu lesen</translation>
        </message>
        <message>
            <source>{0} unreadable</source>
            <translation>{0} unlesbar</translation>
        </message>
        <message>
            <source>{0} wait until indexing goes on</source>
            <translation>{0} warten, bis es weitergeht</translation>
        </message>
        <message>
            <source>{n} file</source>
            <translation>{n} Datei</translation>
        </message>
        <message>
            <source>{n} files</source>
            <translation>{n} Dateien</translation>
        </message>
        <message>
            <source>“{0}” is not there. Connect its drive to open it.</source>
            <translation>„{0}“ ist nicht da. Das Laufwerk anschließen, um die Datei zu öffnen.</translation>
        </message>
    </context>
    <context>
        <name>SavedFlow</name>
        <message>
            <source>There is no search to keep yet.</source>
            <translation>Noch gibt es keine Suche zum Merken.</translation>
        </message>
    </context>
    <context>
        <name>SavedPanel</name>
        <message>
            <source>Ctrl+S keeps a search here.</source>
            <translation>Strg+S merkt eine Suche hier.</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Keep this search (Ctrl+S)</source>
            <translation>Diese Suche merken (Strg+S)</translation>
        </message>
        <message>
            <source>Name of the search</source>
            <translation>Name der Suche</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen …</translation>
        </message>
        <message>
            <source>SAVED</source>
            <translation>GEMERKT</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
    </context>
    <context>
        <name>SavedRow</name>
        <message>
            <source>{0} new</source>
            <translation>{0} neu</translation>
        </message>
    </context>
    <context>
        <name>ScreenFlow</name>
        <message>
            <source>Take a screenshot with the desktop's own key, and paste it here.</source>
            <translation>Nehmen Sie mit der Taste des Desktops ein Bildschirmfoto auf, und fügen Sie es hier ein.</translation>
        </message>
        <message>
            <source>The picture cannot be kept in {0}: {1}.</source>
            <translation>Das Bild kann nicht in {0} abgelegt werden: {1}.</translation>
        </message>
        <message>
            <source>This desktop does not let programs look at the screen.</source>
            <translation>Dieser Desktop lässt Programme nicht auf den Bildschirm sehen.</translation>
        </message>
    </context>
    <context>
        <name>ScreenPicker</name>
        <message>
            <source>Draw around what to search by. Enter takes all of it, Esc leaves.</source>
            <translation>Umrahmen, womit gesucht wird. Enter nimmt alles, Esc bricht ab.</translation>
        </message>
        <message>
            <source>Part of the screen to search by</source>
            <translation>Bildschirmausschnitt, mit dem gesucht wird</translation>
        </message>
    </context>
    <context>
        <name>SearchBox</name>
        <message>
            <source>Clear (Esc)</source>
            <translation>Leeren (Esc)</translation>
        </message>
        <message>
            <source>Words, and if you like:
"exact phrase"   -without   2:important
type:video   in:holiday   ext:jpg   name:IMG*
date:2023-05..2024   size:&gt;5MB   duration:&lt;60
camera:canon   lang:python   tag:dog   like:photo.jpg
dog OR cat   (dog OR cat) AND beach   NOT people</source>
            <translation>Wörter auf Englisch und nach Belieben:
"exact phrase"   -without   2:important
type:video   in:urlaub   ext:jpg   name:IMG*
date:2023-05..2024   size:&gt;5MB   duration:&lt;60
camera:canon   lang:python   tag:dog   like:foto.jpg
dog OR cat   (dog OR cat) AND beach   NOT people</translation>
        </message>
    </context>
    <context>
        <name>SectionHead</name>
        <message>
            <source>Show all {0}</source>
            <translation>Alle {0} zeigen</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}: {1}</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>A command…</source>
            <translation>Ein Befehl …</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Back (Esc)</source>
            <translation>Zurück (Esc)</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>Ausgleich</translation>
        </message>
        <message>
            <source>Balance results</source>
            <translation>Ergebnisse ausgleichen</translation>
        </message>
        <message>
            <source>Best results</source>
            <translation>Beste Ergebnisse</translation>
        </message>
        <message>
            <source>CODE</source>
            <translation>CODE</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Command of the editor</source>
            <translation>Befehl des Editors</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Each for itself</source>
            <translation>Einzeln</translation>
        </message>
        <message>
            <source>Editor for code</source>
            <translation>Editor für Code</translation>
        </message>
        <message>
            <source>Examined again, word by word</source>
            <translation>Noch einmal geprüft, Wort für Wort</translation>
        </message>
        <message>
            <source>Files and folders to leave out</source>
            <translation>Auszulassende Dateien und Ordner</translation>
        </message>
        <message>
            <source>Forgotten</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>From the next start of mmsearch on.</source>
            <translation>Gilt ab dem nächsten Start von mmsearch.</translation>
        </message>
        <message>
            <source>INDEXING</source>
            <translation>INDIZIERUNG</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>Index it at once</source>
            <translation>Sofort indizieren</translation>
        </message>
        <message>
            <source>Index it when asked</source>
            <translation>Auf Wunsch indizieren</translation>
        </message>
        <message>
            <source>LIBRARIES</source>
            <translation>BIBLIOTHEKEN</translation>
        </message>
        <message>
            <source>LOOK</source>
            <translation>AUSSEHEN</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Leave out</source>
            <translation>Auslassen</translation>
        </message>
        <message>
            <source>Lies in</source>
            <translation>Liegt in</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>MODELS</source>
            <translation>MODELLE</translation>
        </message>
        <message>
            <source>Near-duplicates</source>
            <translation>Fast gleiche Dateien</translation>
        </message>
        <message>
            <source>Not read</source>
            <translation>Nicht lesen</translation>
        </message>
        <message>
            <source>Of files that are indexed from now on; a second each.</source>
            <translation>Bei Dateien, die von nun an erfasst werden; je eine Sekunde.</translation>
        </message>
        <message>
            <source>Of pictures, films and sounds; half a second later.</source>
            <translation>Bei Bildern, Filmen und Tönen; eine halbe Sekunde später.</translation>
        </message>
        <message>
            <source>One pattern a line, as in .gitignore; from the next look for changes on (F5).</source>
            <translation>Ein Muster je Zeile, wie in .gitignore; gilt ab der nächsten Suche nach Änderungen (F5).</translation>
        </message>
        <message>
            <source>Open with</source>
            <translation>Öffnen mit</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>Past searches</source>
            <translation>Frühere Suchen</translation>
        </message>
        <message>
            <source>Prepared models</source>
            <translation>Vorbereitete Modelle</translation>
        </message>
        <message>
            <source>Read in screenshots and scans</source>
            <translation>In Bildschirmfotos und Scans lesen</translation>
        </message>
        <message>
            <source>Remembered</source>
            <translation>Gemerkt</translation>
        </message>
        <message>
            <source>SEARCH</source>
            <translation>SUCHE</translation>
        </message>
        <message>
            <source>Say nothing</source>
            <translation>Nichts sagen</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>Im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>Shown as found</source>
            <translation>Wie gefunden</translation>
        </message>
        <message>
            <source>So that no file turns up for everything.</source>
            <translation>Damit keine Datei bei jeder Suche erscheint.</translation>
        </message>
        <message>
            <source>Stacked</source>
            <translation>Gestapelt</translation>
        </message>
        <message>
            <source>Tell me, if I am elsewhere</source>
            <translation>Melden, wenn ich woanders bin</translation>
        </message>
        <message>
            <source>Text in pictures</source>
            <translation>Text in Bildern</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Textgröße</translation>
        </message>
        <message>
            <source>The first that is there</source>
            <translation>Der erste vorhandene</translation>
        </message>
        <message>
            <source>They help to balance results and never leave this computer.</source>
            <translation>Sie helfen beim Ausgleich der Ergebnisse und verlassen diesen Computer nie.</translation>
        </message>
        <message>
            <source>This one</source>
            <translation>Diese hier</translation>
        </message>
        <message>
            <source>Thumbnails</source>
            <translation>Vorschaubilder</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Zusammen</translation>
        </message>
        <message>
            <source>WHAT YOU CALL THINGS</source>
            <translation>WAS WIE GENANNT WIRD</translation>
        </message>
        <message>
            <source>Waves of sounds</source>
            <translation>Wellenformen</translation>
        </message>
        <message>
            <source>What changes</source>
            <translation>Was sich ändert</translation>
        </message>
        <message>
            <source>When done</source>
            <translation>Wenn fertig</translation>
        </message>
        <message>
            <source>When indexing is done</source>
            <translation>Wenn die Indizierung fertig ist</translation>
        </message>
        <message>
            <source>Which files turn up too often?</source>
            <translation>Welche Dateien erscheinen zu oft?</translation>
        </message>
    </context>
    <context>
        <name>StackFlow</name>
        <message>
            <source>They are copies: byte by byte the same.</source>
            <translation>Es sind Kopien: Byte für Byte gleich.</translation>
        </message>
        <message>
            <source>They are not stacked any more.</source>
            <translation>Sie werden nicht mehr gestapelt.</translation>
        </message>
        <message>
            <source>They are stacked again.</source>
            <translation>Sie sind wieder gestapelt.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
    </context>
    <context>
        <name>StatusRow</name>
        <message>
            <source>Done: {n} file indexed.</source>
            <translation>Fertig: {n} Datei indiziert.</translation>
        </message>
        <message>
            <source>Done: {n} files indexed.</source>
            <translation>Fertig: {n} Dateien indiziert.</translation>
        </message>
        <message>
            <source>Everything is up to date.</source>
            <translation>Alles ist auf dem neuesten Stand.</translation>
        </message>
        <message>
            <source>Finishing…</source>
            <translation>Wird abgeschlossen …</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Indexing is paused; what is done is kept.</source>
            <translation>Die Indizierung pausiert; das Bisherige bleibt erhalten.</translation>
        </message>
        <message>
            <source>Indexing progress</source>
            <translation>Fortschritt der Indizierung</translation>
        </message>
        <message>
            <source>Indexing stopped; {0} files are in the library so far.</source>
            <translation>Indizierung angehalten; {0} Dateien sind bisher in der Bibliothek.</translation>
        </message>
        <message>
            <source>Indexing: {0} of {1}</source>
            <translation>Indizierung: {0} von {1}</translation>
        </message>
        <message>
            <source>Listening and looking: {0} of {1}</source>
            <translation>Hört und sieht an: {0} von {1}</translation>
        </message>
        <message>
            <source>Looking for files: {n} found</source>
            <translation>Dateien werden gesucht: {n} gefunden</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Stop; what is done is kept</source>
            <translation>Anhalten; das Bisherige bleibt erhalten</translation>
        </message>
        <message>
            <source>{0} files/s</source>
            <translation>{0} Dateien/s</translation>
        </message>
        <message>
            <source>{n} unreadable file</source>
            <translation>{n} nicht lesbare Datei</translation>
        </message>
        <message>
            <source>{n} unreadable files</source>
            <translation>{n} nicht lesbare Dateien</translation>
        </message>
    </context>
    <context>
        <name>Strictness</name>
        <message>
            <source>All matches</source>
            <translation>Alle Treffer</translation>
        </message>
        <message>
            <source>Also what is only the nearest</source>
            <translation>Auch das nur am nächsten Liegende</translation>
        </message>
        <message>
            <source>Fair and better</source>
            <translation>Mittel und besser</translation>
        </message>
        <message>
            <source>Good and better</source>
            <translation>Gut und besser</translation>
        </message>
        <message>
            <source>How close results have to be</source>
            <translation>Wie gut Ergebnisse passen müssen</translation>
        </message>
        <message>
            <source>Only results that are right with a chance of {0} % or more</source>
            <translation>Nur Ergebnisse, die mit mindestens {0} % Wahrscheinlichkeit passen</translation>
        </message>
        <message>
            <source>Strong only</source>
            <translation>Nur starke</translation>
        </message>
    </context>
    <context>
        <name>TimeLine</name>
        <message>
            <source>Time line</source>
            <translation>Zeitachse</translation>
        </message>
    </context>
    <context>
        <name>TrashFlow</name>
        <message>
            <source>Everything is back in its place.</source>
            <translation>Alles ist wieder an seinem Platz.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>In den Papierkorb</translation>
        </message>
        <message>
            <source>Move {n} files to the trash?</source>
            <translation>{n} Dateien in den Papierkorb legen?</translation>
        </message>
        <message>
            <source>Move “{0}” to the trash?</source>
            <translation>„{0}“ in den Papierkorb legen?</translation>
        </message>
        <message>
            <source>Nothing is deleted: the trash keeps everything until you empty it.</source>
            <translation>Gelöscht wird nichts: Der Papierkorb behält alles, bis Sie ihn leeren.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>{n} files are in the trash.</source>
            <translation>{n} Dateien sind im Papierkorb.</translation>
        </message>
        <message>
            <source>{n} more file stays.</source>
            <translation>{n} weitere Datei bleibt.</translation>
        </message>
        <message>
            <source>{n} more files stay.</source>
            <translation>{n} weitere Dateien bleiben.</translation>
        </message>
        <message>
            <source>“{0}” is in the trash.</source>
            <translation>„{0}“ ist im Papierkorb.</translation>
        </message>
    </context>
    <context>
        <name>VerdictButtons</name>
        <message>
            <source>Not this: less like it (B)</source>
            <translation>Passt nicht: weniger davon (B)</translation>
        </message>
        <message>
            <source>Right: more like this (G)</source>
            <translation>Passt: mehr davon (G)</translation>
        </message>
    </context>
    <context>
        <name>VerdictLine</name>
        <message>
            <source>Refined by: {0}</source>
            <translation>Verfeinert durch: {0}</translation>
        </message>
        <message>
            <source>Start over</source>
            <translation>Neu beginnen</translation>
        </message>
        <message>
            <source>Take the last one back (Ctrl+Z)</source>
            <translation>Letzte Bewertung zurücknehmen (Strg+Z)</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>{0} not this</source>
            <translation>{0} passt nicht</translation>
        </message>
        <message>
            <source>{0} right</source>
            <translation>{0} passt</translation>
        </message>
    </context>
    <context>
        <name>ViewButton</name>
        <message>
            <source>View: {0} (L shows the next)</source>
            <translation>Ansicht: {0} (L zeigt die nächste)</translation>
        </message>
    </context>
    <context>
        <name>Viewer</name>
        <message>
            <source>Connect its drive to see it.</source>
            <translation>Zum Ansehen das Laufwerk anschließen.</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>In your library: {0}.</source>
            <translation>In der Bibliothek: {0}.</translation>
        </message>
        <message>
            <source>LAST SEARCHES</source>
            <translation>LETZTE SUCHEN</translation>
        </message>
        <message>
            <source>What are you looking for?</source>
            <translation>Was wird gesucht?</translation>
        </message>
        <message>
            <source>YOU CAN ASK</source>
            <translation>BEISPIELE (DIE SUCHE VERSTEHT ENGLISCH)</translation>
        </message>
        <message>
            <source>a car driving in the street</source>
            <translation>a car driving in the street</translation>
        </message>
        <message>
            <source>a crowing rooster</source>
            <translation>a crowing rooster</translation>
        </message>
        <message>
            <source>a dog on a beach</source>
            <translation>a dog on a beach</translation>
        </message>
        <message>
            <source>mountains in the evening</source>
            <translation>mountains in the evening</translation>
        </message>
        <message>
            <source>rain</source>
            <translation>rain</translation>
        </message>
        <message>
            <source>read a csv file</source>
            <translation>read a csv file</translation>
        </message>
        <message>
            <source>sort a list by two keys</source>
            <translation>sort a list by two keys</translation>
        </message>
    </context>
    <context>
        <name>WhyPanel</name>
        <message>
            <source>Hide numbers</source>
            <translation>Zahlen ausblenden</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>Show numbers</source>
            <translation>Zahlen zeigen</translation>
        </message>
    </context>
    <context>
        <name>WindowParts</name>
        <message>
            <source>Dark colours</source>
            <translation>Dunkle Farben</translation>
        </message>
        <message>
            <source>Folders, key [</source>
            <translation>Ordner, Taste [</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Preview, key ]</source>
            <translation>Vorschau, Taste ]</translation>
        </message>
    </context>
    <context>
        <name>ZoomView</name>
        <message>
            <source>Picture; plus and minus zoom, 0 fits</source>
            <translation>Bild; Plus und Minus vergrößern und verkleinern, 0 passt es ein</translation>
        </message>
    </context>
    <context>
        <name>_Bar</name>
        <message>
            <source>{0}: against it</source>
            <translation>{0}: spricht dagegen</translation>
        </message>
        <message>
            <source>{0}: for it</source>
            <translation>{0}: spricht dafür</translation>
        </message>
    </context>
    <context>
        <name>_Chip</name>
        <message>
            <source>Example file {0}</source>
            <translation>Beispieldatei {0}</translation>
        </message>
        <message>
            <source>Remove {0}</source>
            <translation>{0} entfernen</translation>
        </message>
    </context>
    <context>
        <name>_FolderList</name>
        <message>
            <source>Folders of the library</source>
            <translation>Ordner der Bibliothek</translation>
        </message>
    </context>
    <context>
        <name>_ForgetQuestion</name>
        <message>
            <source>Forget</source>
            <translation>Herausnehmen</translation>
        </message>
        <message>
            <source>Forget “{0}”? The files stay on your disk; only the index of them goes.</source>
            <translation>„{0}“ aus der Bibliothek nehmen? Die Dateien bleiben auf dem Datenträger; nur ihr Index wird gelöscht.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
    </context>
    <context>
        <name>_Input</name>
        <message>
            <source>Add words, e.g. “at night”</source>
            <translation>Wörter auf Englisch ergänzen, z. B. „at night“</translation>
        </message>
        <message>
            <source>Describe what you look for, or drop a file here</source>
            <translation>Auf Englisch beschreiben oder eine Datei hierher ziehen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>Clear, close, go back</source>
            <translation>Leeren, schließen, zurück</translation>
        </message>
        <message>
            <source>Code only</source>
            <translation>Nur Code</translation>
        </message>
        <message>
            <source>Copy file</source>
            <translation>Datei kopieren</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Copy picture</source>
            <translation>Bild kopieren</translation>
        </message>
        <message>
            <source>Find similar</source>
            <translation>Ähnliche finden</translation>
        </message>
        <message>
            <source>Go to the search box</source>
            <translation>Zum Suchfeld</translation>
        </message>
        <message>
            <source>Keep the search</source>
            <translation>Suche merken</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>Größer</translation>
        </message>
        <message>
            <source>Leave this folder out</source>
            <translation>Diesen Ordner auslassen</translation>
        </message>
        <message>
            <source>Look for new and changed files</source>
            <translation>Nach Änderungen suchen</translation>
        </message>
        <message>
            <source>Map of the library</source>
            <translation>Karte der Bibliothek</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>In den Papierkorb legen</translation>
        </message>
        <message>
            <source>Next found place of a film or of code</source>
            <translation>Nächste Fundstelle im Film oder im Code</translation>
        </message>
        <message>
            <source>Next view: grid, list, shapes, by kind</source>
            <translation>Nächste Ansicht: Raster, Liste, Formen, nach Art</translation>
        </message>
        <message>
            <source>Not this: less like it</source>
            <translation>Passt nicht: weniger davon</translation>
        </message>
        <message>
            <source>Open code at the found line in the editor</source>
            <translation>Fundstelle im Editor öffnen</translation>
        </message>
        <message>
            <source>Open or close a stack</source>
            <translation>Stapel öffnen oder schließen</translation>
        </message>
        <message>
            <source>Open with its program</source>
            <translation>Mit dem Standardprogramm öffnen</translation>
        </message>
        <message>
            <source>Pictures only</source>
            <translation>Nur Bilder</translation>
        </message>
        <message>
            <source>Previous found place of a film or of code</source>
            <translation>Vorige Fundstelle im Film oder im Code</translation>
        </message>
        <message>
            <source>Quick look</source>
            <translation>Schnellansicht</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <source>Right: more like this</source>
            <translation>Passt: mehr davon</translation>
        </message>
        <message>
            <source>Save the found part as a clip</source>
            <translation>Fundstelle als Ausschnitt speichern</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Search by a part of the screen</source>
            <translation>Mit einem Bildschirmausschnitt suchen</translation>
        </message>
        <message>
            <source>Search by the clipboard</source>
            <translation>Mit der Zwischenablage suchen</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Show or hide the folders</source>
            <translation>Ordner ein- oder ausblenden</translation>
        </message>
        <message>
            <source>Show or hide the preview</source>
            <translation>Vorschau ein- oder ausblenden</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>Kleiner</translation>
        </message>
        <message>
            <source>Sounds only</source>
            <translation>Nur Ton</translation>
        </message>
        <message>
            <source>Take back what was done last</source>
            <translation>Zurücknehmen, was zuletzt getan wurde</translation>
        </message>
        <message>
            <source>These are different</source>
            <translation>Diese sind verschieden</translation>
        </message>
        <message>
            <source>Unreadable files</source>
            <translation>Nicht lesbare Dateien</translation>
        </message>
        <message>
            <source>Videos only</source>
            <translation>Nur Videos</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
    </context>
    <context>
        <name>chips</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Extension</source>
            <translation>Endung</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Like</source>
            <translation>Ähnlich</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Not</source>
            <translation>Nicht</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Schlagwörter</translation>
        </message>
        <message>
            <source>from {0}</source>
            <translation>ab {0}</translation>
        </message>
        <message>
            <source>up to {0}</source>
            <translation>bis {0}</translation>
        </message>
    </context>
    <context>
        <name>details</name>
        <message>
            <source>Album</source>
            <translation>Album</translation>
        </message>
        <message>
            <source>Artist</source>
            <translation>Interpret</translation>
        </message>
        <message>
            <source>Bank</source>
            <translation>Ausgleich</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Caption</source>
            <translation>Beschreibung</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>Kosinus</translation>
        </message>
        <message>
            <source>Cosine, </source>
            <translation>Kosinus, </translation>
        </message>
        <message>
            <source>Dimensions</source>
            <translation>Abmessungen</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Evidenz</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Fundstelle</translation>
        </message>
        <message>
            <source>From content</source>
            <translation>Aus dem Inhalt</translation>
        </message>
        <message>
            <source>From name</source>
            <translation>Aus dem Namen</translation>
        </message>
        <message>
            <source>From verdicts</source>
            <translation>Aus Bewertungen</translation>
        </message>
        <message>
            <source>From words</source>
            <translation>Aus Wörtern</translation>
        </message>
        <message>
            <source>Keywords</source>
            <translation>Stichwörter</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>Zeilen</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>Treffergüte</translation>
        </message>
        <message>
            <source>Normalised</source>
            <translation>Normalisiert</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Rang</translation>
        </message>
        <message>
            <source>Reranked</source>
            <translation>Neu geordnet</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Taken</source>
            <translation>Aufgenommen</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>Words (BM25)</source>
            <translation>Wörter (BM25)</translation>
        </message>
        <message>
            <source>line {0}</source>
            <translation>Zeile {0}</translation>
        </message>
        <message>
            <source>lines {0}</source>
            <translation>Zeilen {0}</translation>
        </message>
    </context>
    <context>
        <name>editor</name>
        <message>
            <source>Choose another one in the settings (Ctrl+,).</source>
            <translation>In den Einstellungen (Strg+,) einen anderen wählen.</translation>
        </message>
        <message>
            <source>The command of the editor does not say where the {path} goes.</source>
            <translation>Im Befehl des Editors fehlt die Stelle für {path}.</translation>
        </message>
        <message>
            <source>The command of the editor has an open quote.</source>
            <translation>Im Befehl des Editors ist ein Anführungszeichen nicht geschlossen.</translation>
        </message>
        <message>
            <source>The command of the editor is empty.</source>
            <translation>Der Befehl des Editors ist leer.</translation>
        </message>
        <message>
            <source>The editor {0} cannot be started.</source>
            <translation>Der Editor {0} lässt sich nicht starten.</translation>
        </message>
        <message>
            <source>Write a command with your terminal into the settings.</source>
            <translation>In den Einstellungen einen Befehl mit dem eigenen Terminal eintragen.</translation>
        </message>
        <message>
            <source>Write it as in: code --goto {path}:{line}</source>
            <translation>Schreibweise zum Beispiel: code --goto {path}:{line}</translation>
        </message>
        <message>
            <source>{0} is not there any more.</source>
            <translation>{0} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>{0} needs a terminal, and none was found.</source>
            <translation>{0} braucht ein Terminal, aber es wurde keines gefunden.</translation>
        </message>
    </context>
    <context>
        <name>engine</name>
        <message>
            <source>A kept search has an unknown field {0}.</source>
            <translation>Eine gemerkte Suche hat ein unbekanntes Feld {0}.</translation>
        </message>
        <message>
            <source>A kept search is damaged: {0}.</source>
            <translation>Eine gemerkte Suche ist beschädigt: {0}.</translation>
        </message>
        <message>
            <source>A kept search needs a name.</source>
            <translation>Eine gemerkte Suche braucht einen Namen.</translation>
        </message>
        <message>
            <source>A list of other files, not a sound.</source>
            <translation>Eine Liste anderer Dateien, keine Tonaufnahme.</translation>
        </message>
        <message>
            <source>A model is a folder with config.json or open_clip_config.json, as the hub has them.</source>
            <translation>Ein Modell ist ein Ordner mit config.json oder open_clip_config.json, wie es sie im Hub gibt.</translation>
        </message>
        <message>
            <source>A range needs a start or an end.</source>
            <translation>Ein Bereich braucht einen Anfang oder ein Ende.</translation>
        </message>
        <message>
            <source>A reranker answers with one number, or with yes and no.</source>
            <translation>Ein Reranker antwortet mit einer Zahl oder mit Ja und Nein.</translation>
        </message>
        <message>
            <source>A reranker needs more than {0} seconds.</source>
            <translation>Ein Reranker braucht mehr als {0} Sekunden.</translation>
        </message>
        <message>
            <source>A weight is above 0 and at most {0}.</source>
            <translation>Ein Gewicht liegt über 0 und höchstens bei {0}.</translation>
        </message>
        <message>
            <source>Ask for at most {0} at once.</source>
            <translation>Fragen Sie nach höchstens {0} auf einmal.</translation>
        </message>
        <message>
            <source>Change its permissions or leave it out.</source>
            <translation>Ändern Sie ihre Zugriffsrechte, oder lassen Sie sie weg.</translation>
        </message>
        <message>
            <source>Check its access rights.</source>
            <translation>Prüfen Sie ihre Zugriffsrechte.</translation>
        </message>
        <message>
            <source>Check the disk.</source>
            <translation>Prüfen Sie den Datenträger.</translation>
        </message>
        <message>
            <source>Check the drive.</source>
            <translation>Prüfen Sie das Laufwerk.</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <translation>Prüfen Sie den Pfad.</translation>
        </message>
        <message>
            <source>Choose a reranker.</source>
            <translation>Wählen Sie ein Modell zum Neuordnen.</translation>
        </message>
        <message>
            <source>Choose a smaller model.</source>
            <translation>Wählen Sie ein kleineres Modell.</translation>
        </message>
        <message>
            <source>Choose an encoder.</source>
            <translation>Wählen Sie einen Encoder.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Choose the dimension again.</source>
            <translation>Wählen Sie die Zahl der Dimensionen neu.</translation>
        </message>
        <message>
            <source>Clips cannot be written as {0}.</source>
            <translation>Ausschnitte können nicht als {0} geschrieben werden.</translation>
        </message>
        <message>
            <source>CoCa does.</source>
            <translation>CoCa kann es.</translation>
        </message>
        <message>
            <source>Decide for one of the two.</source>
            <translation>Entscheiden Sie sich für eines von beiden.</translation>
        </message>
        <message>
            <source>Delete it and add your folders again; what was indexed is taken over.</source>
            <translation>Löschen Sie sie, und fügen Sie Ihre Ordner wieder hinzu; was erfasst war, wird übernommen.</translation>
        </message>
        <message>
            <source>Did you mean {0}?</source>
            <translation>Meinten Sie {0}?</translation>
        </message>
        <message>
            <source>For example ViT-B-32.</source>
            <translation>Zum Beispiel ViT-B-32.</translation>
        </message>
        <message>
            <source>Free some, or choose another drive.</source>
            <translation>Schaffen Sie Platz, oder wählen Sie ein anderes Laufwerk.</translation>
        </message>
        <message>
            <source>Get it as well.</source>
            <translation>Laden Sie es auch.</translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>Laden Sie die Datei noch einmal.</translation>
        </message>
        <message>
            <source>Get the model as safetensors, e.g. from the hub's timm pages.</source>
            <translation>Laden Sie das Modell als safetensors, z. B. von den timm-Seiten des Hubs.</translation>
        </message>
        <message>
            <source>Get the model as safetensors.</source>
            <translation>Laden Sie das Modell als safetensors.</translation>
        </message>
        <message>
            <source>Give some words, or an example with --like FILE.</source>
            <translation>Geben Sie einige Wörter ein oder ein Beispiel mit --like DATEI.</translation>
        </message>
        <message>
            <source>Here one can use: {0} (the setting “device” in config.toml).</source>
            <translation>Hier lässt sich verwenden: {0} (die Einstellung „device“ in config.toml).</translation>
        </message>
        <message>
            <source>How one talks to the model (chat_template) leaves out what is said.</source>
            <translation>Die Vorlage für Gespräche mit dem Modell (chat_template) lässt aus, was gesagt wird.</translation>
        </message>
        <message>
            <source>Index more first, or keep all dimensions.</source>
            <translation>Erfassen Sie erst mehr, oder behalten Sie alle Dimensionen.</translation>
        </message>
        <message>
            <source>Index the folder again.</source>
            <translation>Erfassen Sie den Ordner neu.</translation>
        </message>
        <message>
            <source>Install mmsearch again.</source>
            <translation>Installieren Sie mmsearch neu.</translation>
        </message>
        <message>
            <source>It can keep {0}.</source>
            <translation>Es kann {0} behalten.</translation>
        </message>
        <message>
            <source>It can: {0}.</source>
            <translation>Es kann: {0}.</translation>
        </message>
        <message>
            <source>It goes on being run by torch.</source>
            <translation>Es läuft weiter mit torch.</translation>
        </message>
        <message>
            <source>It has {0}; from {1} on can be kept.</source>
            <translation>Es hat {0}; ab {1} können welche behalten werden.</translation>
        </message>
        <message>
            <source>It is a link that leads to itself.</source>
            <translation>Es ist eine Verknüpfung, die zu sich selbst führt.</translation>
        </message>
        <message>
            <source>It is a link to a file that is not there.</source>
            <translation>Es ist eine Verknüpfung mit einer Datei, die es nicht gibt.</translation>
        </message>
        <message>
            <source>It is no picture, video, sound, code or text that mmsearch knows.</source>
            <translation>Es ist kein Bild, Film, Ton, Code oder Text, den mmsearch kennt.</translation>
        </message>
        <message>
            <source>It is written as in a .gitignore file, e.g. *.tmp or old/.</source>
            <translation>Es wird wie in einer .gitignore-Datei geschrieben, z. B. *.tmp oder old/.</translation>
        </message>
        <message>
            <source>It needs a checkpoint as its authors have them (clip-moe-4-2-….pt).</source>
            <translation>Nötig ist eine Datei, wie seine Autoren sie haben (clip-moe-4-2-….pt).</translation>
        </message>
        <message>
            <source>It needs model.safetensors or the like.</source>
            <translation>Nötig ist model.safetensors oder Ähnliches.</translation>
        </message>
        <message>
            <source>It reads {0}.</source>
            <translation>Es liest {0}.</translation>
        </message>
        <message>
            <source>It takes one of {0}; or read pairs.</source>
            <translation>Möglich ist es mit {0}; oder lesen Sie paarweise (pairs).</translation>
        </message>
        <message>
            <source>It was deleted. Try again.</source>
            <translation>Sie wurde gelöscht. Versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Its frames have {0} x {1} pixels.</source>
            <translation>Seine Einzelbilder haben {0} x {1} Pixel.</translation>
        </message>
        <message>
            <source>Its name is not valid UTF-8.</source>
            <translation>Ihr Name ist kein gültiges UTF-8.</translation>
        </message>
        <message>
            <source>Its path is longer than this system allows.</source>
            <translation>Ihr Pfad ist länger, als dieses System erlaubt.</translation>
        </message>
        <message>
            <source>Its pictures could not be decoded.</source>
            <translation>Seine Bilder konnten nicht dekodiert werden.</translation>
        </message>
        <message>
            <source>Its weights are damaged, or were trained to nothing.</source>
            <translation>Seine Gewichte sind beschädigt oder zu nichts trainiert.</translation>
        </message>
        <message>
            <source>Its weights are damaged.</source>
            <translation>Seine Gewichte sind beschädigt.</translation>
        </message>
        <message>
            <source>Keep more of its {0}.</source>
            <translation>Behalten Sie mehr von seinen {0}.</translation>
        </message>
        <message>
            <source>Known: {0}.</source>
            <translation>Bekannt: {0}.</translation>
        </message>
        <message>
            <source>Make room and try again: what has arrived stays.</source>
            <translation>Schaffen Sie Platz und versuchen Sie es noch einmal: Was angekommen ist, bleibt.</translation>
        </message>
        <message>
            <source>Make room on that disk and run it again; what was done is kept.</source>
            <translation>Schaffen Sie Platz auf diesem Datenträger und starten Sie noch einmal; was getan ist, bleibt.</translation>
        </message>
        <message>
            <source>Make room on the disk.</source>
            <translation>Schaffen Sie Platz auf dem Datenträger.</translation>
        </message>
        <message>
            <source>Make room, or let MMSEARCH_MODELS name a folder on another disk.</source>
            <translation>Schaffen Sie Platz, oder nennen Sie mit MMSEARCH_MODELS einen Ordner auf einem anderen Datenträger.</translation>
        </message>
        <message>
            <source>Models of the type {0} cannot read many texts in one pass.</source>
            <translation>Modelle der Art {0} können nicht viele Texte in einem Durchgang lesen.</translation>
        </message>
        <message>
            <source>NOT needs something behind it.</source>
            <translation>NOT braucht etwas hinter sich.</translation>
        </message>
        <message>
            <source>Name a file that ends in .csv, .jsonl or .parquet.</source>
            <translation>Nennen Sie eine Datei, die auf .csv, .jsonl oder .parquet endet.</translation>
        </message>
        <message>
            <source>Name a new or empty folder with --library.</source>
            <translation>Nennen Sie mit --library einen neuen oder leeren Ordner.</translation>
        </message>
        <message>
            <source>Name an architecture of open_clip (--architecture ViT-B-32) or clip-moe; or give the whole folder.</source>
            <translation>Nennen Sie eine Architektur von open_clip (--architecture ViT-B-32) oder clip-moe; oder geben Sie den ganzen Ordner an.</translation>
        </message>
        <message>
            <source>Name an empty or new folder, or an existing library, with --library.</source>
            <translation>Nennen Sie mit --library einen leeren oder neuen Ordner oder eine vorhandene Bibliothek.</translation>
        </message>
        <message>
            <source>Name another file.</source>
            <translation>Nennen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>Name another folder.</source>
            <translation>Nennen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Name one of them, or keep only one in the folder.</source>
            <translation>Nennen Sie eine davon, oder lassen Sie nur eine im Ordner.</translation>
        </message>
        <message>
            <source>No decoder is there for this film.</source>
            <translation>Für diesen Film gibt es keinen Decoder.</translation>
        </message>
        <message>
            <source>No decoder is there for this sort of file.</source>
            <translation>Für diese Art von Datei gibt es keinen Decoder.</translation>
        </message>
        <message>
            <source>No decoder is there for this sound.</source>
            <translation>Für diesen Ton gibt es keinen Decoder.</translation>
        </message>
        <message>
            <source>No file passes all of the filters.</source>
            <translation>Keine Datei erfüllt alle Filter.</translation>
        </message>
        <message>
            <source>No model is chosen for it.</source>
            <translation>Dafür ist kein Modell gewählt.</translation>
        </message>
        <message>
            <source>No picture could be decoded from it.</source>
            <translation>Daraus konnte kein Bild dekodiert werden.</translation>
        </message>
        <message>
            <source>No picture could be decoded from the film.</source>
            <translation>Aus dem Film konnte kein Bild dekodiert werden.</translation>
        </message>
        <message>
            <source>No search is kept as {0}.</source>
            <translation>Keine Suche ist als {0} gemerkt.</translation>
        </message>
        <message>
            <source>No sound could be decoded from it.</source>
            <translation>Daraus konnte kein Ton dekodiert werden.</translation>
        </message>
        <message>
            <source>No {0} is below 0.</source>
            <translation>{0}: kein Wert liegt unter 0.</translation>
        </message>
        <message>
            <source>None is kept yet.</source>
            <translation>Noch ist keine gemerkt.</translation>
        </message>
        <message>
            <source>Of {0} words the meaning of about the first {1} counts.</source>
            <translation>Von {0} Wörtern zählt die Bedeutung von etwa den ersten {1}.</translation>
        </message>
        <message>
            <source>One of the two files is not of this model.</source>
            <translation>Eine der beiden Dateien gehört nicht zu diesem Modell.</translation>
        </message>
        <message>
            <source>Only models that were trained for each other can be paired.</source>
            <translation>Nur Modelle, die füreinander trainiert wurden, lassen sich zusammen verwenden.</translation>
        </message>
        <message>
            <source>Only the first {0} s could be read.</source>
            <translation>Nur die ersten {0} s konnten gelesen werden.</translation>
        </message>
        <message>
            <source>Only the first {0} shots were read.</source>
            <translation>Nur die ersten {0} Einstellungen wurden gelesen.</translation>
        </message>
        <message>
            <source>Only these have a relevance curve.</source>
            <translation>Nur diese haben eine Relevanzkurve.</translation>
        </message>
        <message>
            <source>Only {0} of {1} bytes of {2} arrived.</source>
            <translation>Nur {0} von {1} Bytes von {2} sind angekommen.</translation>
        </message>
        <message>
            <source>Parts of the film are damaged.</source>
            <translation>Teile des Films sind beschädigt.</translation>
        </message>
        <message>
            <source>Pictures encoded by {0} cannot be reranked by their words.</source>
            <translation>Bilder, die {0} kodiert hat, lassen sich nicht nach ihren Wörtern neu ordnen.</translation>
        </message>
        <message>
            <source>Put a " at the end of the phrase.</source>
            <translation>Setzen Sie ein " an das Ende der Wortgruppe.</translation>
        </message>
        <message>
            <source>Put a ) behind the group.</source>
            <translation>Setzen Sie eine ) hinter die Gruppe.</translation>
        </message>
        <message>
            <source>Put preprocessor_config.json and the files of the tokens into the same folder.</source>
            <translation>Legen Sie preprocessor_config.json und die Dateien der Token in denselben Ordner.</translation>
        </message>
        <message>
            <source>Put the file itself there if it belongs to the model.</source>
            <translation>Legen Sie die Datei selbst dorthin, wenn sie zum Modell gehört.</translation>
        </message>
        <message>
            <source>Put the {0} of {1} into the same folder.</source>
            <translation>Legen Sie {0} von {1} in denselben Ordner.</translation>
        </message>
        <message>
            <source>Put them into the same folder.</source>
            <translation>Legen Sie sie in denselben Ordner.</translation>
        </message>
        <message>
            <source>Raise time_limit_s in the settings if the file is sound.</source>
            <translation>Erhöhen Sie time_limit_s in den Einstellungen, wenn die Datei in Ordnung ist.</translation>
        </message>
        <message>
            <source>Reading it is not allowed.</source>
            <translation>Sie darf nicht gelesen werden.</translation>
        </message>
        <message>
            <source>Reading it took longer than {0} seconds without a result.</source>
            <translation>Das Lesen dauerte länger als {0} Sekunden ohne Ergebnis.</translation>
        </message>
        <message>
            <source>Remove it first (mmsearch models remove {0}), or choose another --id.</source>
            <translation>Entfernen Sie es zuerst (mmsearch models remove {0}), oder wählen Sie eine andere --id.</translation>
        </message>
        <message>
            <source>Remove the folder {0}, and add the model again.</source>
            <translation>Entfernen Sie den Ordner {0} und fügen Sie das Modell neu hinzu.</translation>
        </message>
        <message>
            <source>Rename it.</source>
            <translation>Benennen Sie sie um.</translation>
        </message>
        <message>
            <source>Restore the file from a backup, or delete it.</source>
            <translation>Stellen Sie die Datei aus einer Sicherung wieder her, oder löschen Sie sie.</translation>
        </message>
        <message>
            <source>Restore the file from a backup, or index into a new library.</source>
            <translation>Stellen Sie die Datei aus einer Sicherung wieder her, oder legen Sie eine neue Bibliothek an.</translation>
        </message>
        <message>
            <source>Run: mmsearch models remove {0}, and add it again.</source>
            <translation>Führen Sie mmsearch models remove {0} aus, und fügen Sie es neu hinzu.</translation>
        </message>
        <message>
            <source>Run: mmsearch models remove {0}, and add or get it again.</source>
            <translation>Führen Sie mmsearch models remove {0} aus, und fügen Sie es neu hinzu oder laden Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Search with --rerank-how top.</source>
            <translation>Suchen Sie mit --rerank-how top.</translation>
        </message>
        <message>
            <source>Searching works; to index, make the disk writable or use another library.</source>
            <translation>Die Suche geht; zum Einlesen machen Sie den Datenträger beschreibbar oder nehmen Sie eine andere Bibliothek.</translation>
        </message>
        <message>
            <source>Searching works; to index, you need the right to write there.</source>
            <translation>Die Suche geht; zum Einlesen brauchen Sie dort das Recht zu schreiben.</translation>
        </message>
        <message>
            <source>See “mmsearch models list”; “mmsearch models get ID” downloads one, and “mmsearch models add FOLDER” takes one that you have.</source>
            <translation>Siehe „mmsearch models list“; „mmsearch models get ID“ lädt eines herunter, „mmsearch models add FOLDER“ nimmt eines, das Sie haben.</translation>
        </message>
        <message>
            <source>Should the {0} be above or below {1}?</source>
            <translation>Soll {0} über oder unter {1} liegen?</translation>
        </message>
        <message>
            <source>Sounds encoded by {0} cannot be reranked by words.</source>
            <translation>Töne, die {0} kodiert hat, lassen sich nicht nach Wörtern neu ordnen.</translation>
        </message>
        <message>
            <source>Split it or leave it out.</source>
            <translation>Teilen Sie sie, oder lassen Sie sie weg.</translation>
        </message>
        <message>
            <source>Stopped after {0} MB of {1}.</source>
            <translation>Angehalten nach {0} MB von {1}.</translation>
        </message>
        <message>
            <source>Swap the two dates.</source>
            <translation>Vertauschen Sie die beiden Tage.</translation>
        </message>
        <message>
            <source>Swap the two.</source>
            <translation>Vertauschen Sie die beiden.</translation>
        </message>
        <message>
            <source>Take a model of a kind that transformers knows by itself.</source>
            <translation>Nehmen Sie ein Modell einer Art, die transformers von sich aus kennt.</translation>
        </message>
        <message>
            <source>Take another.</source>
            <translation>Nehmen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Take both from the same place.</source>
            <translation>Nehmen Sie beide von derselben Stelle.</translation>
        </message>
        <message>
            <source>Take the weights and the configuration from the same place.</source>
            <translation>Nehmen Sie Gewichte und Konfiguration vom selben Ort.</translation>
        </message>
        <message>
            <source>Take {0}.</source>
            <translation>Nehmen Sie {0}.</translation>
        </message>
        <message>
            <source>The RAW photograph is damaged.</source>
            <translation>Das RAW-Foto ist beschädigt.</translation>
        </message>
        <message>
            <source>The activation {0} in {1} is not known here.</source>
            <translation>Die Aktivierung {0} in {1} ist hier nicht bekannt.</translation>
        </message>
        <message>
            <source>The answer of {0} is too long.</source>
            <translation>Die Antwort von {0} ist zu lang.</translation>
        </message>
        <message>
            <source>The backup {0} cannot be written: {1}.</source>
            <translation>Die Sicherung {0} kann nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The backup {0} is damaged: it lacks {1}.</source>
            <translation>Die Sicherung {0} ist beschädigt: {1} fehlt darin.</translation>
        </message>
        <message>
            <source>The backup {0} is damaged: {1} has another checksum.</source>
            <translation>Die Sicherung {0} ist beschädigt: {1} hat eine andere Prüfsumme.</translation>
        </message>
        <message>
            <source>The backup {0} is damaged: {1}.</source>
            <translation>Die Sicherung {0} ist beschädigt: {1}.</translation>
        </message>
        <message>
            <source>The calibration {0} cannot be read: {1}.</source>
            <translation>Die Kalibrierung {0} kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>The catalogue entry {0} has no file for its {1}.</source>
            <translation>Der Katalogeintrag {0} hat keine Datei für {1}.</translation>
        </message>
        <message>
            <source>The catalogue has no model {0}.</source>
            <translation>Der Katalog hat kein Modell {0}.</translation>
        </message>
        <message>
            <source>The clip cannot be written to {0}: {1}.</source>
            <translation>Der Ausschnitt kann nicht nach {0} geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The configuration asks for {0} when texts are read; that is not done here.</source>
            <translation>Die Konfiguration verlangt {0} beim Lesen von Texten; das geschieht hier nicht.</translation>
        </message>
        <message>
            <source>The configuration describes a model of about {0} million parameters, but its weights hold {1} million.</source>
            <translation>Die Konfiguration beschreibt ein Modell mit etwa {0} Millionen Parametern, seine Gewichte enthalten aber {1} Millionen.</translation>
        </message>
        <message>
            <source>The connection broke after {0} MB of {1}: {2}.</source>
            <translation>Die Verbindung brach nach {0} MB von {1} ab: {2}.</translation>
        </message>
        <message>
            <source>The decoder crashed at this file ({0}).</source>
            <translation>Der Decoder stürzte bei dieser Datei ab ({0}).</translation>
        </message>
        <message>
            <source>The decoder failed: {0}: {1} ({2}, line {3}).</source>
            <translation>Der Decoder scheiterte: {0}: {1} ({2}, Zeile {3}).</translation>
        </message>
        <message>
            <source>The drive could not read it: {0}.</source>
            <translation>Das Laufwerk konnte sie nicht lesen: {0}.</translation>
        </message>
        <message>
            <source>The example {0} does not exist.</source>
            <translation>Das Beispiel {0} gibt es nicht.</translation>
        </message>
        <message>
            <source>The example {0} is empty or silent.</source>
            <translation>Das Beispiel {0} ist leer oder still.</translation>
        </message>
        <message>
            <source>The file became shorter while it was read.</source>
            <translation>Die Datei wurde kürzer, während sie gelesen wurde.</translation>
        </message>
        <message>
            <source>The file could not be read: {0}.</source>
            <translation>Die Datei konnte nicht gelesen werden: {0}.</translation>
        </message>
        <message>
            <source>The file does not hold text.</source>
            <translation>Die Datei enthält keinen Text.</translation>
        </message>
        <message>
            <source>The file is damaged or is not what its name says.</source>
            <translation>Die Datei ist beschädigt oder nicht das, was ihr Name sagt.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>Die Datei ist leer.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Die Datei ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The file is not there any more.</source>
            <translation>Die Datei ist nicht mehr vorhanden.</translation>
        </message>
        <message>
            <source>The file needs more memory than allowed.</source>
            <translation>Die Datei braucht mehr Speicher als erlaubt.</translation>
        </message>
        <message>
            <source>The files of the tokens (tokenizer.json …) are missing, damaged, or of another model.</source>
            <translation>Die Dateien der Token (tokenizer.json …) fehlen, sind beschädigt oder gehören zu einem anderen Modell.</translation>
        </message>
        <message>
            <source>The film is protected against copying.</source>
            <translation>Der Film ist kopiergeschützt.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be made: {1}.</source>
            <translation>Der Ordner {0} lässt sich nicht anlegen: {1}.</translation>
        </message>
        <message>
            <source>The graph of its part for {0} does not agree with it (cosine {1}).</source>
            <translation>Der Graph seines Teils für {0} stimmt nicht mit ihm überein (Kosinus {1}).</translation>
        </message>
        <message>
            <source>The hub cannot be reached: {0}.</source>
            <translation>Der Hub ist nicht erreichbar: {0}.</translation>
        </message>
        <message>
            <source>The hub's answer to {0} is not understood: {1}.</source>
            <translation>Die Antwort des Hubs auf {0} ist unverständlich: {1}.</translation>
        </message>
        <message>
            <source>The hub's page of {0} has no {1}.</source>
            <translation>Auf der Seite des Hubs für {0} gibt es kein {1}.</translation>
        </message>
        <message>
            <source>The ignore pattern {0} cannot be understood.</source>
            <translation>Das Ausschlussmuster {0} ist nicht zu verstehen.</translation>
        </message>
        <message>
            <source>The indexing cannot be started: {0}.</source>
            <translation>Das Indizieren lässt sich nicht starten: {0}.</translation>
        </message>
        <message>
            <source>The indexing has ended unexpectedly.</source>
            <translation>Das Indizieren ist unerwartet abgebrochen.</translation>
        </message>
        <message>
            <source>The least match must be from 0 to 1, not {0}.</source>
            <translation>Die kleinste Übereinstimmung muss von 0 bis 1 reichen, nicht {0} sein.</translation>
        </message>
        <message>
            <source>The library was changed all the while; nothing was saved.</source>
            <translation>Die Bibliothek wurde die ganze Zeit geändert; nichts wurde gesichert.</translation>
        </message>
        <message>
            <source>The library was indexed with another encoder, whose vectors cannot be compared.</source>
            <translation>Die Bibliothek wurde mit einem anderen Encoder erfasst, dessen Vektoren sich nicht vergleichen lassen.</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened: {1}.</source>
            <translation>Die Bibliothek {0} kann nicht geöffnet werden: {1}.</translation>
        </message>
        <message>
            <source>The library {0} cannot be written: {1}.</source>
            <translation>In die Bibliothek {0} kann nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The library {0} is in use: {1} is writing into it.</source>
            <translation>Die Bibliothek {0} ist in Gebrauch: {1} schreibt gerade hinein.</translation>
        </message>
        <message>
            <source>The library {0} was made by a newer mmsearch (format {1}.{2}, this program reads up to {3}.{4}).</source>
            <translation>Die Bibliothek {0} stammt von einem neueren mmsearch (Format {1}.{2}, dieses Programm liest bis {3}.{4}).</translation>
        </message>
        <message>
            <source>The library {0} was made by an older mmsearch, which is writing into it.</source>
            <translation>Die Bibliothek {0} stammt von einem älteren mmsearch, das gerade hineinschreibt.</translation>
        </message>
        <message>
            <source>The limit must be at least 1, not {0}.</source>
            <translation>Die Anzahl muss mindestens 1 sein, nicht {0}.</translation>
        </message>
        <message>
            <source>The memory of this computer is not enough for this model.</source>
            <translation>Der Speicher dieses Rechners reicht für dieses Modell nicht.</translation>
        </message>
        <message>
            <source>The model ({0}) comes with code of its own, which is not run here.</source>
            <translation>Das Modell ({0}) bringt eigenen Code mit, der hier nicht ausgeführt wird.</translation>
        </message>
        <message>
            <source>The model answers with nothing but zeros.</source>
            <translation>Das Modell antwortet nur mit Nullen.</translation>
        </message>
        <message>
            <source>The model answers with what are no numbers (NaN or infinity).</source>
            <translation>Das Modell antwortet mit etwas, das keine Zahlen sind (NaN oder unendlich).</translation>
        </message>
        <message>
            <source>The model answers with {0} instead of one number an item.</source>
            <translation>Das Modell antwortet mit {0} statt mit einer Zahl je Text oder Bild.</translation>
        </message>
        <message>
            <source>The model answers with {0} numbers instead of {1}.</source>
            <translation>Das Modell antwortet mit {0} Zahlen statt {1}.</translation>
        </message>
        <message>
            <source>The model cannot be installed:{0} {1}.</source>
            <translation>Das Modell lässt sich nicht installieren:{0} {1}.</translation>
        </message>
        <message>
            <source>The model catalogue {0} cannot be read: {1}.</source>
            <translation>Der Modellkatalog {0} kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>The model catalogue {0} is not as expected: {1}.</source>
            <translation>Der Modellkatalog {0} ist nicht wie erwartet: {1}.</translation>
        </message>
        <message>
            <source>The model file {0} cannot be read: {1}.</source>
            <translation>Die Modelldatei {0} kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>The model file {0} has {1} bytes instead of {2}.</source>
            <translation>Die Modelldatei {0} hat {1} Bytes statt {2}.</translation>
        </message>
        <message>
            <source>The model file {0} is damaged or not the expected one (wrong sha256).</source>
            <translation>Die Modelldatei {0} ist beschädigt oder nicht die erwartete (falsche sha256).</translation>
        </message>
        <message>
            <source>The model file {0} is missing: {1}.</source>
            <translation>Die Modelldatei {0} fehlt: {1}.</translation>
        </message>
        <message>
            <source>The model file {0} was changed or is damaged.</source>
            <translation>Die Modelldatei {0} wurde geändert oder ist beschädigt.</translation>
        </message>
        <message>
            <source>The model in {0} cannot be read: {1}.</source>
            <translation>Das Modell in {0} lässt sich nicht lesen: {1}.</translation>
        </message>
        <message>
            <source>The model in {0} was installed by a newer mmsearch.</source>
            <translation>Das Modell in {0} wurde von einem neueren mmsearch installiert.</translation>
        </message>
        <message>
            <source>The model looks back through a window; read it “listwise”.</source>
            <translation>Das Modell blickt nur durch ein Fenster zurück; fragen Sie es mit „listwise“.</translation>
        </message>
        <message>
            <source>The model reads texts with {0}, of which nothing is known here.</source>
            <translation>Das Modell liest Texte mit {0}, worüber hier nichts bekannt ist.</translation>
        </message>
        <message>
            <source>The model reads {0} tokens, too few for {1} texts.</source>
            <translation>Das Modell liest {0} Token, zu wenige für {1} Texte.</translation>
        </message>
        <message>
            <source>The model sorts into {0} classes; it is no reranker.</source>
            <translation>Das Modell sortiert in {0} Klassen; es ist kein Reranker.</translation>
        </message>
        <message>
            <source>The model takes {0} MB, and {1} has {2} MB left.</source>
            <translation>Das Modell braucht {0} MB, und auf {1} sind {2} MB frei.</translation>
        </message>
        <message>
            <source>The model {0} cannot be changed: {1}.</source>
            <translation>Das Modell {0} kann nicht geändert werden: {1}.</translation>
        </message>
        <message>
            <source>The model {0} cannot be removed: {1}.</source>
            <translation>Das Modell {0} lässt sich nicht entfernen: {1}.</translation>
        </message>
        <message>
            <source>The model {0} encodes the queries of {1}.</source>
            <translation>Das Modell {0} kodiert die Suchanfragen von {1}.</translation>
        </message>
        <message>
            <source>The model {0} is installed already.</source>
            <translation>Das Modell {0} ist schon installiert.</translation>
        </message>
        <message>
            <source>The model {0} is not installed.</source>
            <translation>Das Modell {0} ist nicht installiert.</translation>
        </message>
        <message>
            <source>The model {0} makes {1} dimensions instead of {2}.</source>
            <translation>Das Modell {0} liefert {1} Dimensionen statt {2}.</translation>
        </message>
        <message>
            <source>The package {0} is not installed.</source>
            <translation>Das Paket {0} ist nicht installiert.</translation>
        </message>
        <message>
            <source>The part {0} of the weights is missing.</source>
            <translation>Der Teil {0} der Gewichte fehlt.</translation>
        </message>
        <message>
            <source>The picture has far more pixels than allowed.</source>
            <translation>Das Bild hat weit mehr Pixel als erlaubt.</translation>
        </message>
        <message>
            <source>The picture has {0} x {1} pixels; the limit is {2} million.</source>
            <translation>Das Bild hat {0} x {1} Pixel; erlaubt sind {2} Millionen.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Das Bild ist beschädigt.</translation>
        </message>
        <message>
            <source>The picture needs more memory than allowed.</source>
            <translation>Das Bild braucht mehr Speicher als erlaubt.</translation>
        </message>
        <message>
            <source>The query banks {0} cannot be read: {1}.</source>
            <translation>Die Fragensammlungen {0} können nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>The query cannot be turned into a usable vector.</source>
            <translation>Aus der Suche lässt sich kein brauchbarer Vektor machen.</translation>
        </message>
        <message>
            <source>The query has {0} parts, each of which is looked for by itself.</source>
            <translation>Die Suche hat {0} Teile, die einzeln gesucht werden.</translation>
        </message>
        <message>
            <source>The record of the model in {0} is damaged.</source>
            <translation>Der Eintrag des Modells in {0} ist beschädigt.</translation>
        </message>
        <message>
            <source>The reranker {0} cannot be read: {1}.</source>
            <translation>Der Reranker {0} lässt sich nicht lesen: {1}.</translation>
        </message>
        <message>
            <source>The scores of {0} cannot be kept: {1}.</source>
            <translation>Die Bewertungen von {0} können nicht aufbewahrt werden: {1}.</translation>
        </message>
        <message>
            <source>The settings file {0} cannot be read: {1}.</source>
            <translation>Die Einstellungsdatei {0} kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>The settings file {0} cannot be written: {1}.</source>
            <translation>Die Einstellungsdatei {0} kann nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The sound is protected against copying.</source>
            <translation>Der Ton ist kopiergeschützt.</translation>
        </message>
        <message>
            <source>The tables of the library {0} cannot be read.</source>
            <translation>Die Tabellen der Bibliothek {0} können nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The tokens of this model do not begin with one of their own.</source>
            <translation>Die Token dieses Modells beginnen nicht mit einem eigenen Anfangszeichen.</translation>
        </message>
        <message>
            <source>The tokens of this model have no single letters to name texts by.</source>
            <translation>Die Token dieses Modells kennen keine einzelnen Buchstaben, mit denen Texte benannt werden könnten.</translation>
        </message>
        <message>
            <source>The tokens of this model have no {0}; it is no UniXcoder.</source>
            <translation>Die Tokens dieses Modells haben kein {0}; es ist kein UniXcoder.</translation>
        </message>
        <message>
            <source>The tokens of this model have no {0}; it matches nothing.</source>
            <translation>Die Token dieses Modells haben kein {0}; es vergleicht nichts.</translation>
        </message>
        <message>
            <source>The weights do not fit the architecture: {0} are missing, e.g. {1}.</source>
            <translation>Die Gewichte passen nicht zur Architektur: {0} fehlen, z. B. {1}.</translation>
        </message>
        <message>
            <source>The words are in {0} letters. The embedded model knows English: only names of files and words in texts will be found.</source>
            <translation>Die Wörter stehen in der Schrift {0}. Das eingebaute Modell kennt Englisch: nur Dateinamen und Wörter in Texten werden gefunden.</translation>
        </message>
        <message>
            <source>The words for pictures and sounds {0} cannot be read: {1}.</source>
            <translation>Die Wörter für Bilder und Töne {0} können nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>There are no dates beyond this one.</source>
            <translation>Jenseits davon gibt es keine Tage.</translation>
        </message>
        <message>
            <source>There is a model {0} already.</source>
            <translation>Es gibt schon ein Modell {0}.</translation>
        </message>
        <message>
            <source>There is no date {0}.</source>
            <translation>Den Tag {0} gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no kind of file called {0}.</source>
            <translation>Es gibt keine Dateiart namens {0}.</translation>
        </message>
        <message>
            <source>There is no library at {0}.</source>
            <translation>In {0} ist keine Bibliothek.</translation>
        </message>
        <message>
            <source>There is no loader for models of the family {0}.</source>
            <translation>Für Modelle der Familie {0} gibt es keinen Lader.</translation>
        </message>
        <message>
            <source>There is no picture in this file.</source>
            <translation>In dieser Datei ist kein Bild.</translation>
        </message>
        <message>
            <source>There is no programming language called {0}.</source>
            <translation>Es gibt keine Programmiersprache namens {0}.</translation>
        </message>
        <message>
            <source>There is no room left for the clip.</source>
            <translation>Für den Ausschnitt ist kein Platz mehr.</translation>
        </message>
        <message>
            <source>There is no sort of device called {0}.</source>
            <translation>Es gibt keine Art von Gerät namens {0}.</translation>
        </message>
        <message>
            <source>There is no sound in this file.</source>
            <translation>In dieser Datei ist kein Ton.</translation>
        </message>
        <message>
            <source>There is no tag called {0}.</source>
            <translation>Es gibt kein Schlagwort namens {0}.</translation>
        </message>
        <message>
            <source>There is no value here.</source>
            <translation>Hier steht kein Wert.</translation>
        </message>
        <message>
            <source>There is no {0} called {1}.</source>
            <translation>Es gibt kein {0} namens {1}.</translation>
        </message>
        <message>
            <source>There is nothing but blanks in the file.</source>
            <translation>In der Datei ist nichts als Leerraum.</translation>
        </message>
        <message>
            <source>There is nothing in these parentheses.</source>
            <translation>In diesen Klammern steht nichts.</translation>
        </message>
        <message>
            <source>There is nothing to cut in this file.</source>
            <translation>In dieser Datei ist nichts zu schneiden.</translation>
        </message>
        <message>
            <source>There is nothing to search for.</source>
            <translation>Es gibt nichts zu suchen.</translation>
        </message>
        <message>
            <source>There is nothing yet for {0} to go by in this library.</source>
            <translation>In dieser Bibliothek gibt es noch nichts, wonach {0} sich richten könnte.</translation>
        </message>
        <message>
            <source>This computer has no {0} that torch can use.</source>
            <translation>Dieser Rechner hat kein {0}, das torch verwenden kann.</translation>
        </message>
        <message>
            <source>This is a fault of mmsearch; please report it.</source>
            <translation>Das ist ein Fehler von mmsearch; bitte melden Sie ihn.</translation>
        </message>
        <message>
            <source>This is a folder, not a file.</source>
            <translation>Das ist ein Ordner, keine Datei.</translation>
        </message>
        <message>
            <source>This is nested too deeply.</source>
            <translation>Das ist zu tief verschachtelt.</translation>
        </message>
        <message>
            <source>This is no RAW photograph, or of an unknown camera.</source>
            <translation>Das ist kein RAW-Foto oder von einer unbekannten Kamera.</translation>
        </message>
        <message>
            <source>This is not a file but a folder, a pipe or a device.</source>
            <translation>Das ist keine Datei, sondern ein Ordner, eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>This is not a picture, or of a format that cannot be read.</source>
            <translation>Das ist kein Bild oder in einem Format, das nicht gelesen werden kann.</translation>
        </message>
        <message>
            <source>This is {0}, not a file with content.</source>
            <translation>Das ist {0}, keine Datei mit Inhalt.</translation>
        </message>
        <message>
            <source>This model cannot read “{0}”.</source>
            <translation>Dieses Modell kann nicht „{0}“ lesen.</translation>
        </message>
        <message>
            <source>This model encodes and does not rerank.</source>
            <translation>Dieses Modell kodiert und ordnet nicht neu.</translation>
        </message>
        <message>
            <source>This model needs the package {0}.</source>
            <translation>Dieses Modell braucht das Paket {0}.</translation>
        </message>
        <message>
            <source>This model of open_clip writes no captions.</source>
            <translation>Dieses Modell von open_clip schreibt keine Bildunterschriften.</translation>
        </message>
        <message>
            <source>This parenthesis closes nothing.</source>
            <translation>Diese Klammer schließt nichts.</translation>
        </message>
        <message>
            <source>This parenthesis is never closed.</source>
            <translation>Diese Klammer wird nie geschlossen.</translation>
        </message>
        <message>
            <source>This quote is never closed.</source>
            <translation>Dieses Anführungszeichen wird nie geschlossen.</translation>
        </message>
        <message>
            <source>To keep {0} dimensions, at least {1} things of the library are needed to learn from; there are {2}.</source>
            <translation>Um {0} Dimensionen zu behalten, braucht es mindestens {1} Dinge der Bibliothek, aus denen gelernt wird; es gibt {2}.</translation>
        </message>
        <message>
            <source>To search for the word itself, put it in quotes.</source>
            <translation>Um nach dem Wort selbst zu suchen, setzen Sie es in Anführungszeichen.</translation>
        </message>
        <message>
            <source>Tokens cannot be joined by {0} here.</source>
            <translation>Tokens lassen sich hier nicht mit {0} zusammenfassen.</translation>
        </message>
        <message>
            <source>Try again when less is being indexed.</source>
            <translation>Versuchen Sie es noch einmal, wenn weniger eingelesen wird.</translation>
        </message>
        <message>
            <source>Try again: it goes on from there.</source>
            <translation>Versuchen Sie es noch einmal: Es geht dort weiter.</translation>
        </message>
        <message>
            <source>Try other words.</source>
            <translation>Versuchen Sie andere Wörter.</translation>
        </message>
        <message>
            <source>Update mmsearch, or use another library.</source>
            <translation>Aktualisieren Sie mmsearch, oder nehmen Sie eine andere Bibliothek.</translation>
        </message>
        <message>
            <source>Update mmsearch.</source>
            <translation>Aktualisieren Sie mmsearch.</translation>
        </message>
        <message>
            <source>Use -word for what you do not want.</source>
            <translation>Schreiben Sie -wort für das, was Sie nicht wollen.</translation>
        </message>
        <message>
            <source>Use an unprotected copy.</source>
            <translation>Nehmen Sie eine ungeschützte Kopie.</translation>
        </message>
        <message>
            <source>Use another copy.</source>
            <translation>Nehmen Sie eine andere Kopie.</translation>
        </message>
        <message>
            <source>Use fewer groups.</source>
            <translation>Nehmen Sie weniger Gruppen.</translation>
        </message>
        <message>
            <source>Use small letters, digits, dots and dashes; “mini” is taken by the embedded model.</source>
            <translation>Verwenden Sie Kleinbuchstaben, Ziffern, Punkte und Striche; „mini“ heißt schon das eingebaute Modell.</translation>
        </message>
        <message>
            <source>Wait until it has finished, or stop it. Searching works meanwhile.</source>
            <translation>Warten Sie, bis es fertig ist, oder halten Sie es an. Suchen geht derweil.</translation>
        </message>
        <message>
            <source>Wait until it has finished, or stop it; then it can be brought up to date.</source>
            <translation>Warten Sie, bis es fertig ist, oder halten Sie es an; dann kann sie auf den neuesten Stand gebracht werden.</translation>
        </message>
        <message>
            <source>What was done is kept; start it again to go on.</source>
            <translation>Was getan ist, bleibt erhalten; noch einmal gestartet, geht es weiter.</translation>
        </message>
        <message>
            <source>What was learned cannot be kept: {0}.</source>
            <translation>Das Gelernte kann nicht aufbewahrt werden: {0}.</translation>
        </message>
        <message>
            <source>With {0} dimensions only {1} of 100 nearest neighbours would stay.</source>
            <translation>Mit {0} Dimensionen blieben nur {1} von 100 nächsten Nachbarn.</translation>
        </message>
        <message>
            <source>Write a date as 2023, 2023-05 or 2023-05-17, or two with .. between.</source>
            <translation>Schreiben Sie einen Tag als 2023, 2023-05 oder 2023-05-17, oder zwei mit .. dazwischen.</translation>
        </message>
        <message>
            <source>Write a duration as &lt;60, &gt;5min, 1h30m or 0:30..2:00; without a unit in seconds.</source>
            <translation>Schreiben Sie eine Dauer als &lt;60, &gt;5min, 1h30m oder 0:30..2:00; ohne Einheit in Sekunden.</translation>
        </message>
        <message>
            <source>Write a size as &gt;5MB, &lt;=200kB or 1MB..2MB.</source>
            <translation>Schreiben Sie eine Größe als &gt;5MB, &lt;=200kB oder 1MB..2MB.</translation>
        </message>
        <message>
            <source>Write it as in lang:python, or use ext:.</source>
            <translation>Schreiben Sie es wie in lang:python, oder nehmen Sie ext:.</translation>
        </message>
        <message>
            <source>Write it as in type:video date:2023.</source>
            <translation>Schreiben Sie es wie in type:video date:2023.</translation>
        </message>
        <message>
            <source>Write {0}:&gt;{1} or {2}:&lt;{3}.</source>
            <translation>Schreiben Sie {0}:&gt;{1} oder {2}:&lt;{3}.</translation>
        </message>
        <message>
            <source>You may not read this file.</source>
            <translation>Sie dürfen diese Datei nicht lesen.</translation>
        </message>
        <message>
            <source>a device</source>
            <translation>ein Gerät</translation>
        </message>
        <message>
            <source>a folder</source>
            <translation>ein Ordner</translation>
        </message>
        <message>
            <source>a pipe</source>
            <translation>eine Pipe</translation>
        </message>
        <message>
            <source>a socket</source>
            <translation>ein Socket</translation>
        </message>
        <message>
            <source>as measured on other collections</source>
            <translation>wie bei anderen Sammlungen gemessen</translation>
        </message>
        <message>
            <source>as on other collections</source>
            <translation>wie bei anderen Sammlungen</translation>
        </message>
        <message>
            <source>nothing is known to help here</source>
            <translation>hier hilft nichts, soweit bekannt</translation>
        </message>
        <message>
            <source>something else</source>
            <translation>etwas anderes</translation>
        </message>
        <message>
            <source>tried {0}</source>
            <translation>versucht mit {0}</translation>
        </message>
        <message>
            <source>with care, as there are few</source>
            <translation>mit Vorsicht, da es wenige sind</translation>
        </message>
        <message>
            <source>{0} MB is more text than the limit of {1}.</source>
            <translation>{0} MB sind mehr Text als die erlaubten {1}.</translation>
        </message>
        <message>
            <source>{0} and {1} contain the same, byte by byte.</source>
            <translation>{0} und {1} enthalten Byte für Byte dasselbe.</translation>
        </message>
        <message>
            <source>{0} and {1} do not share a space: they agree on {2} of 100 sentences.</source>
            <translation>{0} und {1} haben keinen gemeinsamen Raum: Sie stimmen bei {2} von 100 Sätzen überein.</translation>
        </message>
        <message>
            <source>{0} are not filters alone.</source>
            <translation>{0} sind nicht nur Filter.</translation>
        </message>
        <message>
            <source>{0} arrived, but is not what the hub described (wrong checksum).</source>
            <translation>{0} ist angekommen, aber nicht das, was der Hub beschreibt (falsche Prüfsumme).</translation>
        </message>
        <message>
            <source>{0} cannot be an example: it is no picture, video, sound or code.</source>
            <translation>{0} kann kein Beispiel sein: es ist weder Bild, Film, Ton noch Code.</translation>
        </message>
        <message>
            <source>{0} cannot be deleted: {1}.</source>
            <translation>{0} kann nicht gelöscht werden: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot be opened by ONNX Runtime: {1}.</source>
            <translation>{0} kann von ONNX Runtime nicht geöffnet werden: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot be read: {1}.</source>
            <translation>{0} kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot be restored: {1}.</source>
            <translation>{0} kann nicht wiederhergestellt werden: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot be the id of a model.</source>
            <translation>{0} kann nicht die Kennung eines Modells sein.</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}.</source>
            <translation>{0} kann nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot say what pictures show.</source>
            <translation>{0} kann nicht sagen, was Bilder zeigen.</translation>
        </message>
        <message>
            <source>{0} cannot write down speech.</source>
            <translation>{0} kann Gesprochenes nicht aufschreiben.</translation>
        </message>
        <message>
            <source>{0} compares texts with each other; “{1}” needs one that scores each alone.</source>
            <translation>{0} vergleicht Texte miteinander; „{1}“ braucht ein Modell, das jeden für sich bewertet.</translation>
        </message>
        <message>
            <source>{0} could not be indexed, so it says nothing.</source>
            <translation>{0} konnte nicht erfasst werden und sagt daher nichts aus.</translation>
        </message>
        <message>
            <source>{0} dimensions cannot be kept of this model.</source>
            <translation>Von diesem Modell lassen sich nicht {0} Dimensionen behalten.</translation>
        </message>
        <message>
            <source>{0} dimensions cannot be kept of {1}.</source>
            <translation>{0} Dimensionen lassen sich von {1} nicht behalten.</translation>
        </message>
        <message>
            <source>{0} does not exist.</source>
            <translation>{0} gibt es nicht.</translation>
        </message>
        <message>
            <source>{0} does not fit the model.</source>
            <translation>{0} passt nicht zum Modell.</translation>
        </message>
        <message>
            <source>{0} does not say how large it is.</source>
            <translation>{0} sagt nicht, wie groß es ist.</translation>
        </message>
        <message>
            <source>{0} does not say what it is the weights of.</source>
            <translation>{0} sagt nicht, wessen Gewichte es sind.</translation>
        </message>
        <message>
            <source>{0} exists already.</source>
            <translation>{0} gibt es schon.</translation>
        </message>
        <message>
            <source>{0} generated queries</source>
            <translation>{0} erzeugten Fragen</translation>
        </message>
        <message>
            <source>{0} has no configuration of a model.</source>
            <translation>{0} hat keine Konfiguration eines Modells.</translation>
        </message>
        <message>
            <source>{0} has no model_cfg.</source>
            <translation>{0} hat kein model_cfg.</translation>
        </message>
        <message>
            <source>{0} has no weights of a dense layer.</source>
            <translation>{0} hat keine Gewichte einer dichten Schicht.</translation>
        </message>
        <message>
            <source>{0} has no weights.</source>
            <translation>{0} hat keine Gewichte.</translation>
        </message>
        <message>
            <source>{0} has {1} words and {2} vectors.</source>
            <translation>{0} hat {1} Wörter und {2} Vektoren.</translation>
        </message>
        <message>
            <source>{0} holds more than weights (a pickle with code); it was not opened.</source>
            <translation>{0} enthält mehr als Gewichte (ein Pickle mit Code) und wurde nicht geöffnet.</translation>
        </message>
        <message>
            <source>{0} holds no named weights.</source>
            <translation>{0} enthält keine benannten Gewichte.</translation>
        </message>
        <message>
            <source>{0} holds no weights.</source>
            <translation>{0} enthält keine Gewichte.</translation>
        </message>
        <message>
            <source>{0} is a TorchScript program, which is not run.</source>
            <translation>{0} ist ein TorchScript-Programm und wird nicht ausgeführt.</translation>
        </message>
        <message>
            <source>{0} is a link that leads out of the folder.</source>
            <translation>{0} ist eine Verknüpfung, die aus dem Ordner hinausführt.</translation>
        </message>
        <message>
            <source>{0} is after {1}.</source>
            <translation>{0} kommt nach {1}.</translation>
        </message>
        <message>
            <source>{0} is both liked and disliked.</source>
            <translation>{0} ist als richtig und als falsch markiert.</translation>
        </message>
        <message>
            <source>{0} is damaged: {1}.</source>
            <translation>{0} ist beschädigt: {1}.</translation>
        </message>
        <message>
            <source>{0} is larger than 2 GB, which ONNX files cannot be.</source>
            <translation>{0} ist größer als 2 GB, so groß kann eine ONNX-Datei nicht sein.</translation>
        </message>
        <message>
            <source>{0} is larger than the hub said; it was not taken.</source>
            <translation>{0} ist größer, als der Hub sagte, und wurde nicht übernommen.</translation>
        </message>
        <message>
            <source>{0} is missing: {1}.</source>
            <translation>{0} fehlt: {1}.</translation>
        </message>
        <message>
            <source>{0} is no backup of a library.</source>
            <translation>{0} ist keine Sicherung einer Bibliothek.</translation>
        </message>
        <message>
            <source>{0} is no backup of a library: it holds {1}.</source>
            <translation>{0} ist keine Sicherung einer Bibliothek: darin ist {1}.</translation>
        </message>
        <message>
            <source>{0} is no configuration.</source>
            <translation>{0} ist keine Konfiguration.</translation>
        </message>
        <message>
            <source>{0} is no file of weights that mmsearch can read.</source>
            <translation>{0} ist keine Datei mit Gewichten, die mmsearch lesen kann.</translation>
        </message>
        <message>
            <source>{0} is no file of weights.</source>
            <translation>{0} ist keine Datei mit Gewichten.</translation>
        </message>
        <message>
            <source>{0} is no film or sound.</source>
            <translation>{0} ist weder Film noch Ton.</translation>
        </message>
        <message>
            <source>{0} is no format for results.</source>
            <translation>{0} ist kein Format für Ergebnisse.</translation>
        </message>
        <message>
            <source>{0} is no https address.</source>
            <translation>{0} ist keine https-Adresse.</translation>
        </message>
        <message>
            <source>{0} is no name for a file of a model.</source>
            <translation>{0} ist kein Name für eine Datei eines Modells.</translation>
        </message>
        <message>
            <source>{0} is not a folder of this library.</source>
            <translation>{0} ist kein Ordner dieser Bibliothek.</translation>
        </message>
        <message>
            <source>{0} is not a plain file of weights: {1}.</source>
            <translation>{0} ist keine reine Gewichtsdatei: {1}.</translation>
        </message>
        <message>
            <source>{0} is not an mmsearch library.</source>
            <translation>{0} ist keine mmsearch-Bibliothek.</translation>
        </message>
        <message>
            <source>{0} is not empty.</source>
            <translation>{0} ist nicht leer.</translation>
        </message>
        <message>
            <source>{0} is not in the library.</source>
            <translation>{0} ist nicht in der Bibliothek.</translation>
        </message>
        <message>
            <source>{0} is not there; what it holds stays in the library.</source>
            <translation>{0} ist nicht da; was darin liegt, bleibt in der Bibliothek.</translation>
        </message>
        <message>
            <source>{0} is not understood here.</source>
            <translation>{0} ist hier nicht zu verstehen.</translation>
        </message>
        <message>
            <source>{0} is packed and would unpack to {1} bytes.</source>
            <translation>{0} ist gepackt und würde ausgepackt {1} Bytes groß.</translation>
        </message>
        <message>
            <source>{0} is the file that the clip is cut from.</source>
            <translation>{0} ist die Datei, aus der der Ausschnitt stammt.</translation>
        </message>
        <message>
            <source>{0} is there already.</source>
            <translation>{0} gibt es schon.</translation>
        </message>
        <message>
            <source>{0} is too large to be a configuration or vocabulary.</source>
            <translation>{0} ist zu groß für eine Konfiguration oder ein Vokabular.</translation>
        </message>
        <message>
            <source>{0} joins tokens in a way that is not known here.</source>
            <translation>{0} fasst Tokens auf eine Weise zusammen, die hier nicht bekannt ist.</translation>
        </message>
        <message>
            <source>{0} lets no file through.</source>
            <translation>{0} lässt keine Datei durch.</translation>
        </message>
        <message>
            <source>{0} liked answers</source>
            <translation>{0} richtigen Antworten</translation>
        </message>
        <message>
            <source>{0} names no parts of weights.</source>
            <translation>{0} nennt keine Teile von Gewichten.</translation>
        </message>
        <message>
            <source>{0} needs something before it.</source>
            <translation>{0} braucht etwas vor sich.</translation>
        </message>
        <message>
            <source>{0} needs something behind it.</source>
            <translation>{0} braucht etwas hinter sich.</translation>
        </message>
        <message>
            <source>{0} needs {1} MB, and {2} has {3} MB left.</source>
            <translation>{0} braucht {1} MB, und auf {2} sind {3} MB frei.</translation>
        </message>
        <message>
            <source>{0} of the model cannot be read: {1}.</source>
            <translation>{0} des Modells kann nicht gelesen werden: {1}.</translation>
        </message>
        <message>
            <source>{0} orders results anew and encodes nothing.</source>
            <translation>{0} ordnet Ergebnisse neu und kodiert nichts.</translation>
        </message>
        <message>
            <source>{0} takes {1} GB, too much for the memory of this computer ({2} GB).</source>
            <translation>{0} braucht {1} GB, zu viel für den Speicher dieses Rechners ({2} GB).</translation>
        </message>
        <message>
            <source>{0} titles and file names</source>
            <translation>{0} Titeln und Dateinamen</translation>
        </message>
        <message>
            <source>{0}: is no filter and was searched for. Did you mean {1}: ?</source>
            <translation>{0}: ist kein Filter und wurde als Wort gesucht. Meinten Sie {1}: ?</translation>
        </message>
        <message>
            <source>{0}: reciprocal rank {1}, skewness {2} → {3}</source>
            <translation>{0}: reziproker Rang {1}, Schiefe {2} → {3}</translation>
        </message>
        <message>
            <source>{0}: reciprocal rank {1}, skewness {2} → {3};</source>
            <translation>{0}: reziproker Rang {1}, Schiefe {2} → {3};</translation>
        </message>
        <message>
            <source>{0}: there is no setting {1}.</source>
            <translation>{0}: Es gibt keine Einstellung {1}.</translation>
        </message>
        <message>
            <source>{0}: {1} must be of type {2}, not {3}.</source>
            <translation>{0}: {1} muss vom Typ {2} sein, nicht {3}.</translation>
        </message>
    </context>
    <context>
        <name>export</name>
        <message>
            <source>Choose another folder.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>Pfad</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}.</source>
            <translation>{0} kann nicht geschrieben werden: {1}.</translation>
        </message>
    </context>
    <context>
        <name>files</name>
        <message>
            <source>Choose a default program for such files in your system's settings.</source>
            <translation>In den Systemeinstellungen ein Standardprogramm für solche Dateien wählen.</translation>
        </message>
        <message>
            <source>It may be on a drive that is not connected, or have been moved or deleted.</source>
            <translation>Vielleicht ist das Laufwerk nicht angeschlossen, oder die Datei wurde verschoben oder gelöscht.</translation>
        </message>
        <message>
            <source>The path can be copied.</source>
            <translation>Der Pfad kann kopiert werden.</translation>
        </message>
        <message>
            <source>There is no file manager to show {0}.</source>
            <translation>Es gibt keinen Dateimanager, der {0} zeigen kann.</translation>
        </message>
        <message>
            <source>There is no program to open {0}.</source>
            <translation>Es gibt kein Programm, das {0} öffnen kann.</translation>
        </message>
        <message>
            <source>{0} is not there any more.</source>
            <translation>{0} ist nicht mehr da.</translation>
        </message>
    </context>
    <context>
        <name>incoming</name>
        <message>
            <source>A folder cannot be an example; drop files.</source>
            <translation>Ein Ordner kann kein Beispiel sein; ziehen Sie Dateien hierher.</translation>
        </message>
        <message>
            <source>The browser gave only an address, and mmsearch does not go online. Copy the picture itself in the browser, then paste it here.</source>
            <translation>Der Browser hat nur eine Adresse übergeben, und mmsearch geht nicht ins Netz. Kopieren Sie im Browser das Bild selbst, und fügen Sie es hier ein.</translation>
        </message>
        <message>
            <source>There is no file and no picture in this.</source>
            <translation>Darin ist weder eine Datei noch ein Bild.</translation>
        </message>
    </context>
    <context>
        <name>keys</name>
        <message>
            <source>Arrows</source>
            <translation>Pfeiltasten</translation>
        </message>
        <message>
            <source>Choose and take a suggestion</source>
            <translation>Vorschlag wählen und übernehmen</translation>
        </message>
        <message>
            <source>Ctrl + wheel</source>
            <translation>Strg + Mausrad</translation>
        </message>
        <message>
            <source>Down, Tab</source>
            <translation>Ab, Tab</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Larger, smaller</source>
            <translation>Größer, kleiner</translation>
        </message>
        <message>
            <source>Move; step in the quick look</source>
            <translation>Bewegen; in Schnellansicht blättern</translation>
        </message>
        <message>
            <source>P</source>
            <translation>P</translation>
        </message>
        <message>
            <source>Play in the quick look</source>
            <translation>In der Schnellansicht abspielen</translation>
        </message>
        <message>
            <source>Search now; open the selected file</source>
            <translation>Sofort suchen; Datei öffnen</translation>
        </message>
    </context>
    <context>
        <name>menu</name>
        <message>
            <source>Add folders…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
    </context>
    <context>
        <name>orders</name>
        <message>
            <source>Best match first</source>
            <translation>Beste zuerst</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>Nach Name</translation>
        </message>
        <message>
            <source>Largest first</source>
            <translation>Größte zuerst</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>Oldest first</source>
            <translation>Älteste zuerst</translation>
        </message>
        <message>
            <source>Smallest first</source>
            <translation>Kleinste zuerst</translation>
        </message>
    </context>
    <context>
        <name>player</name>
        <message>
            <source>Playing is not possible here: a system library is missing.</source>
            <translation>Abspielen ist hier nicht möglich: Eine Systembibliothek fehlt.</translation>
        </message>
        <message>
            <source>{0}. On Debian or Ubuntu, install libpulse0.</source>
            <translation>{0}. Unter Debian oder Ubuntu libpulse0 installieren.</translation>
        </message>
    </context>
    <context>
        <name>results</name>
        <message>
            <source>Found in lines {0}</source>
            <translation>Gefunden in den Zeilen {0}</translation>
        </message>
        <message>
            <source>Match: {0}</source>
            <translation>Treffergüte: {0}</translation>
        </message>
        <message>
            <source>One of {0} that look alike; S opens and closes the stack.</source>
            <translation>Eines von {0} ähnlichen; S öffnet und schließt den Stapel.</translation>
        </message>
        <message>
            <source>The drive is not connected.</source>
            <translation>Das Laufwerk ist nicht angeschlossen.</translation>
        </message>
        <message>
            <source>not this</source>
            <translation>passt nicht</translation>
        </message>
        <message>
            <source>right</source>
            <translation>passt</translation>
        </message>
        <message>
            <source>stack of {0}</source>
            <translation>Stapel von {0}</translation>
        </message>
    </context>
    <context>
        <name>texts</name>
        <message>
            <source>Automatic (recommended)</source>
            <translation>Automatisch (empfohlen)</translation>
        </message>
        <message>
            <source>CSLS</source>
            <translation>CSLS</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Sinkhorn</source>
            <translation>Sinkhorn</translation>
        </message>
        <message>
            <source>Sounds</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Videos</translation>
        </message>
        <message>
            <source>about {0} h</source>
            <translation>etwa {0} Std.</translation>
        </message>
        <message>
            <source>about {0} min</source>
            <translation>etwa {0} Min.</translation>
        </message>
        <message>
            <source>binary</source>
            <translation>binär</translation>
        </message>
        <message>
            <source>code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>corrupt</source>
            <translation>beschädigt</translation>
        </message>
        <message>
            <source>decoder crashed</source>
            <translation>Decoder abgestürzt</translation>
        </message>
        <message>
            <source>dual dynamic inverted softmax</source>
            <translation>duales dynamisches invertiertes Softmax</translation>
        </message>
        <message>
            <source>dual inverted softmax</source>
            <translation>duales invertiertes Softmax</translation>
        </message>
        <message>
            <source>dynamic inverted softmax</source>
            <translation>dynamisches invertiertes Softmax</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>leer</translation>
        </message>
        <message>
            <source>fair</source>
            <translation>mittel</translation>
        </message>
        <message>
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <source>inverted softmax</source>
            <translation>invertiertes Softmax</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>noch weniger als eine Minute</translation>
        </message>
        <message>
            <source>memory limit</source>
            <translation>Speichergrenze</translation>
        </message>
        <message>
            <source>model failed</source>
            <translation>Modell gescheitert</translation>
        </message>
        <message>
            <source>nearest neighbour normalisation</source>
            <translation>Nächste-Nachbarn-Normalisierung</translation>
        </message>
        <message>
            <source>no permission</source>
            <translation>keine Berechtigung</translation>
        </message>
        <message>
            <source>not a regular file</source>
            <translation>keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>password-protected</source>
            <translation>mit Passwort geschützt</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>sounds</source>
            <translation>Tonaufnahmen</translation>
        </message>
        <message>
            <source>strong</source>
            <translation>stark</translation>
        </message>
        <message>
            <source>time limit</source>
            <translation>Zeitgrenze</translation>
        </message>
        <message>
            <source>too large</source>
            <translation>zu groß</translation>
        </message>
        <message>
            <source>under a minute</source>
            <translation>unter einer Minute</translation>
        </message>
        <message>
            <source>unsupported</source>
            <translation>nicht unterstützt</translation>
        </message>
        <message>
            <source>vanished</source>
            <translation>verschwunden</translation>
        </message>
        <message>
            <source>video</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>videos</source>
            <translation>Videos</translation>
        </message>
        <message>
            <source>weak</source>
            <translation>schwach</translation>
        </message>
        <message>
            <source>{0} h {1} min left</source>
            <translation>noch {0} Std. {1} Min.</translation>
        </message>
        <message>
            <source>{0} min left</source>
            <translation>noch {0} Min.</translation>
        </message>
        <message>
            <source>{0}, {1} of disk space</source>
            <translation>{0}, {1} Speicherplatz</translation>
        </message>
        <message>
            <source>{n} code file</source>
            <translation>{n} Codedatei</translation>
        </message>
        <message>
            <source>{n} code files</source>
            <translation>{n} Codedateien</translation>
        </message>
        <message>
            <source>{n} picture</source>
            <translation>{n} Bild</translation>
        </message>
        <message>
            <source>{n} pictures</source>
            <translation>{n} Bilder</translation>
        </message>
        <message>
            <source>{n} sound</source>
            <translation>{n} Tonaufnahme</translation>
        </message>
        <message>
            <source>{n} sounds</source>
            <translation>{n} Tonaufnahmen</translation>
        </message>
        <message>
            <source>{n} video</source>
            <translation>{n} Video</translation>
        </message>
        <message>
            <source>{n} videos</source>
            <translation>{n} Videos</translation>
        </message>
    </context>
    <context>
        <name>trash</name>
        <message>
            <source>Its drive may have no trash. The file is where it was.</source>
            <translation>Vielleicht hat das Laufwerk keinen Papierkorb. Die Datei ist, wo sie war.</translation>
        </message>
        <message>
            <source>Open the trash of your system and put it back from there.</source>
            <translation>Öffnen Sie den Papierkorb Ihres Systems und holen Sie sie dort zurück.</translation>
        </message>
        <message>
            <source>Rename that one; the file stays in the trash till then.</source>
            <translation>Benennen Sie diese um; die Datei bleibt so lange im Papierkorb.</translation>
        </message>
        <message>
            <source>The file stays in the trash.</source>
            <translation>Die Datei bleibt im Papierkorb.</translation>
        </message>
        <message>
            <source>There is another file at {0} now.</source>
            <translation>Bei {0} liegt jetzt eine andere Datei.</translation>
        </message>
        <message>
            <source>{0} cannot be moved to the trash: {1}.</source>
            <translation>{0} lässt sich nicht in den Papierkorb legen: {1}.</translation>
        </message>
        <message>
            <source>{0} cannot be put back: {1}.</source>
            <translation>{0} lässt sich nicht zurücklegen: {1}.</translation>
        </message>
        <message>
            <source>{0} is not found in the trash.</source>
            <translation>{0} ist nicht im Papierkorb zu finden.</translation>
        </message>
    </context>
    <context>
        <name>views</name>
        <message>
            <source>By kind</source>
            <translation>Nach Art</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <source>List with details</source>
            <translation>Liste mit Einzelheiten</translation>
        </message>
        <message>
            <source>Pictures in their own shapes</source>
            <translation>Bilder in ihrer eigenen Form</translation>
        </message>
    </context>
    <context>
        <name>why</name>
        <message>
            <source>A model describes it: “{0}”.</source>
            <translation>Ein Modell beschreibt es: „{0}“.</translation>
        </message>
        <message>
            <source>A model hears at {0}: “{1}”.</source>
            <translation>Ein Modell hört bei {0}: „{1}“.</translation>
        </message>
        <message>
            <source>Content</source>
            <translation>Inhalt</translation>
        </message>
        <message>
            <source>Found: {0}.</source>
            <translation>Gefunden: {0}.</translation>
        </message>
        <message>
            <source>It fits what you asked for to some degree.</source>
            <translation>Es passt einigermaßen zur Suche.</translation>
        </message>
        <message>
            <source>It is like what you said was right.</source>
            <translation>Es ähnelt dem, was als passend bewertet wurde.</translation>
        </message>
        <message>
            <source>It looks like: {0}.</source>
            <translation>Sieht aus wie: {0}.</translation>
        </message>
        <message>
            <source>It sounds like: {0}.</source>
            <translation>Klingt wie: {0}.</translation>
        </message>
        <message>
            <source>Its name, folder or details are what you asked for.</source>
            <translation>Name, Ordner oder Details entsprechen der Suche.</translation>
        </message>
        <message>
            <source>Moved down a little: it comes close to many other queries, too.</source>
            <translation>Etwas nach unten gerückt: Es liegt auch vielen anderen Anfragen nahe.</translation>
        </message>
        <message>
            <source>Moved down by what you said about other results.</source>
            <translation>Nach unten gerückt durch die Bewertung anderer Ergebnisse.</translation>
        </message>
        <message>
            <source>Moved up a little: it comes close to few other queries.</source>
            <translation>Etwas nach oben gerückt: Es liegt nur wenigen anderen Anfragen nahe.</translation>
        </message>
        <message>
            <source>Moved up by what you said about other results.</source>
            <translation>Nach oben gerückt durch die Bewertung anderer Ergebnisse.</translation>
        </message>
        <message>
            <source>Name and details</source>
            <translation>Name und Details</translation>
        </message>
        <message>
            <source>Nothing in it fits closely; it is among the nearest there are.</source>
            <translation>Nichts darin passt genau; es gehört aber zum Nächstliegenden.</translation>
        </message>
        <message>
            <source>Placed by how well it fits its neighbours.</source>
            <translation>Eingeordnet danach, wie gut es zu seinen Nachbarn passt.</translation>
        </message>
        <message>
            <source>What is heard here fits what you asked for.</source>
            <translation>Was hier zu hören ist, passt zur Suche.</translation>
        </message>
        <message>
            <source>What it shows fits what you asked for.</source>
            <translation>Was zu sehen ist, passt zur Suche.</translation>
        </message>
        <message>
            <source>What these lines are about fits what you asked for.</source>
            <translation>Worum es in diesen Zeilen geht, passt zur Suche.</translation>
        </message>
        <message>
            <source>What this part shows fits what you asked for.</source>
            <translation>Was diese Stelle zeigt, passt zur Suche.</translation>
        </message>
        <message>
            <source>Words in it</source>
            <translation>Wörter darin</translation>
        </message>
        <message>
            <source>Words in it are what you asked for.</source>
            <translation>Wörter darin entsprechen der Suche.</translation>
        </message>
        <message>
            <source>Your verdicts</source>
            <translation>Bewertungen</translation>
        </message>
        <message>
            <source>among the keywords</source>
            <translation>in den Stichwörtern</translation>
        </message>
        <message>
            <source>in a model’s description</source>
            <translation>in der Beschreibung eines Modells</translation>
        </message>
        <message>
            <source>in the album</source>
            <translation>im Album</translation>
        </message>
        <message>
            <source>in the artist</source>
            <translation>im Interpreten</translation>
        </message>
        <message>
            <source>in the camera</source>
            <translation>in der Kamera</translation>
        </message>
        <message>
            <source>in the caption</source>
            <translation>in der Beschreibung</translation>
        </message>
        <message>
            <source>in the folder</source>
            <translation>im Ordner</translation>
        </message>
        <message>
            <source>in the name</source>
            <translation>im Namen</translation>
        </message>
        <message>
            <source>in the picture’s text</source>
            <translation>im Text des Bildes</translation>
        </message>
        <message>
            <source>in the text</source>
            <translation>im Text</translation>
        </message>
        <message>
            <source>in the title</source>
            <translation>im Titel</translation>
        </message>
        <message>
            <source>in what is said</source>
            <translation>im Gesprochenen</translation>
        </message>
        <message>
            <source>in {0}</source>
            <translation>in {0}</translation>
        </message>
        <message>
            <source>“{0}”</source>
            <translation>„{0}“</translation>
        </message>
    </context>
</TS>
