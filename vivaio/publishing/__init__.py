"""What a programme tells the public: news, documents, photos and videos, feeds."""
