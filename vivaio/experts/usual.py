"""The six fields that a bank usually begins with, in Italian and English."""

USUAL = (
    ("technology", "Tecnologia", "Technology", (
        ("software", "Sviluppo di applicazioni e siti", "Applications and web sites"),
        ("data", "Dati e intelligenza artificiale", "Data and artificial intelligence"),
        ("devices", "Dispositivi, sensori, prototipi", "Devices, sensors, prototypes"),
        ("accessibility", "Accessibilità digitale", "Digital accessibility"),
    )),
    ("finance", "Finanza", "Finance", (
        ("business-plan", "Piano economico e finanziario", "Business and financial plan"),
        ("fundraising", "Raccolta fondi e investitori", "Fund-raising and investors"),
        ("control", "Controllo di gestione", "Management control"),
        ("impact", "Valutazione d'impatto sociale", "Social impact evaluation"),
    )),
    ("communication", "Comunicazione", "Communication", (
        ("press", "Ufficio stampa", "Press office"),
        ("identity", "Identità visiva", "Visual identity"),
        ("storytelling", "Racconto e pitch", "Storytelling and pitch"),
        ("social-media", "Reti sociali", "Social media"),
    )),
    ("patents", "Brevetti", "Patents", (
        ("patents", "Brevetti e modelli di utilità", "Patents and utility models"),
        ("trademarks", "Marchi e disegni", "Trade marks and designs"),
        ("licensing", "Licenze e trasferimento tecnologico", "Licensing and technology transfer"),
    )),
    ("marketing", "Marketing", "Marketing", (
        ("market-research", "Analisi di mercato", "Market research"),
        ("pricing", "Prezzi e modelli di ricavo", "Pricing and revenue models"),
        ("sales", "Vendite e canali", "Sales and channels"),
        ("service-design", "Progettazione di servizi", "Service design"),
    )),
    ("legal", "Legale", "Legal", (
        ("company-law", "Forme giuridiche e statuti", "Legal forms and articles"),
        ("contracts", "Contratti", "Contracts"),
        ("labour-law", "Diritto del lavoro", "Labour law"),
        ("privacy", "Protezione dei dati", "Data protection"),
    )),
)  # fmt: skip
